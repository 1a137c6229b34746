"""How long something may take or be kept, by the calendar."""

from calendar import monthrange
from datetime import date, timedelta

#: How long an erasure can be undone; nothing is used meanwhile.
UNDO_WINDOW = timedelta(days=7)
#: How long a pause lasts that ends by itself, and how long its end is told.
PAUSE = TOLD_OF_END = timedelta(days=30)
#: How long a dealt-with request is kept, to show that it was answered (GDPR Art. 5(2)): the
#: ordinary limitation period of claims in most of the European Union.
REQUESTS_KEPT = timedelta(days=3 * 365)
#: How long what shoppers say about decisions is kept, from the week they said it or the answer on:
#: a year shows an editor each season once.
FEEDBACK_KEPT = timedelta(days=365)
#: How long "don't use this" is kept after the last yes ran out: as long as a claim about it holds.
INSTRUCTIONS_KEPT = timedelta(days=3 * 365)
#: How old a subject without anything has to be; her first choice comes with her.
SUBJECTS_KEPT = timedelta(days=1)
#: How long an erasure can be repeated after a restore. No older backup may be restored.
TOMBSTONES_KEPT = timedelta(days=365)


def one_month_after(day: date) -> date:
    """The same day of the next month, or its last one (GDPR Art. 12(3), Regulation 1182/71)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
