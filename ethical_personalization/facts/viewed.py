"""The categories a shopper looked at: how they are kept, bounded, and told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.readings import Reading
from ethical_personalization.models.purposes import offered_purposes

from .browsing import PURPOSE, RECORD
from .categories import GONE, all_categories, ancestors_too, sensitive_categories
from .phrases import SetSentences
from .source import FactSource

FACT_KEY = "browsing.categories"
#: Enough to tell what somebody looks for, too little to tell her path through the shop.
MAX_CATEGORIES = 20
#: In the record of the purpose: {category id: ISO date of the last view}, the oldest first.
_PART = "categories"


def viewed_facts() -> Sequence[Fact]:
    """The fact that rests on products and categories that were opened."""
    return [
        Fact(
            key=FACT_KEY,
            label=_("Categories you looked at"),
            kind=FactKind.SET,
            purpose=PURPOSE,
            data_category="BrowsingBehavior",
            source=_("Kept when you open a product or a category: the category and the day."),
            reader=_categories,
            sentence=_looked_at,
            change_at="choices",
            choices=all_categories,
            gone=GONE,
            values_of=CATEGORY,
            is_encrypted=True,
            forget=_without,
        )
    ]


def day_of(now: datetime) -> date:
    """The day at the shop; finer times of views are not kept."""
    return timezone.localdate(now, timezone.get_default_timezone())


def is_kept(record: Mapping[str, Any], categories: Iterable[int], today: date) -> bool:
    """Whether one more view today would change nothing."""
    viewed = record.get(_PART, {})
    return all(viewed.get(str(pk)) == today.isoformat() for pk in categories)


def with_views(
    record: Mapping[str, Any], categories: Iterable[int], today: date, retention: timedelta
) -> dict[str, Any]:
    """The record after a view of ``categories`` today, without what is too old or too much."""
    viewed = _recent(record, today, retention)
    for pk in categories:
        viewed.pop(str(pk), None)
        viewed[str(pk)] = today
    newest = list(viewed.items())[-MAX_CATEGORIES:]
    return {**record, _PART: {pk: day.isoformat() for pk, day in newest}}


def without_old_views(
    record: Mapping[str, Any], today: date, retention: timedelta
) -> dict[str, Any]:
    """The record without what the retention is over for, or what became sensitive since."""
    viewed = {pk: day.isoformat() for pk, day in _recent(record, today, retention).items()}
    return {**record, _PART: viewed} if viewed else _without(record)


def retention() -> timedelta:
    """How long a view is kept: what the shop promises with the purpose."""
    periods = (found.retention for found in offered_purposes.get() if found.key == PURPOSE)
    return next(periods, timedelta(0))


def _recent(record: Mapping[str, Any], today: date, kept: timedelta) -> dict[str, date]:
    """The views of the retention; a day to come is the mistake of a clock that was wrong.

    Nothing follows from a view of what is sensitive, not even one of the category above.
    """
    views = {pk: date.fromisoformat(day) for pk, day in record.get(_PART, {}).items()}
    sensitive = sensitive_categories() if views else frozenset()
    return {
        pk: day
        for pk, day in views.items()
        if today - kept < day <= today and int(pk) not in sensitive
    }


def _without(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != _PART}


def _categories(source: FactSource) -> Reading:
    record = source.unsealed(RECORD)
    if _PART not in record:
        return Reading(value=frozenset())
    viewed = _recent(record, day_of(source.now), retention())
    pairs = ((int(pk), int(pk)) for pk in viewed)
    return Reading(
        value=frozenset(value for _pk, value in ancestors_too(pairs)),
        as_of=_midnight(max(viewed.values(), default=None)),
        since=_midnight(min(viewed.values(), default=None)),
    )


def _midnight(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


_looked_at = SetSentences(
    has=lambda evidence, values: (
        gettext("You looked at something from %(values)s.") % {"values": values}
    ),
    has_none=lambda values: (
        gettext("You have not looked at anything from %(values)s lately.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("You have not looked at something from each of these lately: %(values)s.")
        % {"values": values}
    ),
    is_empty=lambda: gettext("You have not looked at any category of products lately."),
    is_not_empty=lambda: gettext("You looked at some of our products."),
)
