"""What this one request says about device, language, origin and time; never kept."""

import re
from collections.abc import Sequence
from datetime import time

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind

from .source import FactSource

PURPOSE = "context"
CHANGE_AT = "choices"
SOURCE = _("From this visit; it is not kept.")
#: In the order of ``datetime.weekday()``.
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEVICES = (("phone", _("Phone")), ("tablet", _("Tablet")), ("desktop", _("Computer")))
MAX_HEADER = 500


def context_facts() -> Sequence[Fact]:
    """The facts of the request. Time tells nothing about a person and so needs no consent."""
    return [
        Fact(
            key="context.language",
            label=_("Language of the page"),
            kind=FactKind.CHOICE,
            purpose=PURPOSE,
            data_category="Language",
            source=SOURCE,
            reader=lambda source: get_language(),
            sentence=_reads_in,
            change_at=CHANGE_AT,
            choices=lambda: [(code, str(name)) for code, name in settings.LANGUAGES],
        ),
        Fact(
            key="context.device",
            label=_("Kind of device"),
            kind=FactKind.CHOICE,
            purpose=PURPOSE,
            data_category="DeviceBased",
            source=SOURCE,
            reader=_device,
            sentence=_uses,
            change_at=CHANGE_AT,
            choices=lambda: [(value, str(label)) for value, label in DEVICES],
        ),
        Fact(
            key="context.weekday",
            label=_("Day of the week"),
            kind=FactKind.CHOICE,
            purpose=None,
            data_category="TimeOfDay",
            source=_("From the shop's clock."),
            reader=lambda source: DAYS[timezone.localtime(source.now).weekday()],
            sentence=_today_is,
            change_at=CHANGE_AT,
            choices=lambda: [(day, str(WEEKDAYS[number])) for number, day in enumerate(DAYS)],
        ),
        Fact(
            key="context.time",
            label=_("Time of day"),
            kind=FactKind.TIME,
            purpose=None,
            data_category="TimeOfDay",
            source=_("From the shop's clock."),
            reader=_time,
            sentence=_now_is,
            change_at=CHANGE_AT,
        ),
    ]


def _device(source: FactSource) -> str | None:
    """A rough class from the User-Agent header, without a list of models to keep up to date."""
    agent = source.request.headers.get("User-Agent", "")[:MAX_HEADER]
    if not agent:
        return None
    if re.search(r"iPad|Tablet|PlayBook|Silk|(?:Android(?!.{0,200}Mobile))", agent):
        return "tablet"
    return "phone" if re.search(r"Mobi|iPhone|iPod", agent) else "desktop"


def _time(source: FactSource) -> time:
    return timezone.localtime(source.now).time().replace(tzinfo=None)


def _reads_in(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You read this shop in %(values)s.") % {"values": values}
    return gettext("You do not read this shop in %(values)s.") % {"values": values}


def _uses(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You use this kind of device: %(values)s.") % {"values": values}
    return gettext("You do not use this kind of device: %(values)s.") % {"values": values}


def _today_is(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("Today is %(values)s.") % {"values": values}
    return gettext("Today is not %(values)s.") % {"values": values}


def _now_is(evidence: Evidence, values: str) -> str:
    start, end = evidence.wanted
    words = {"start": start.strftime("%H:%M"), "end": end.strftime("%H:%M")}
    if evidence.negated:
        return gettext("It is not between %(start)s and %(end)s.") % words
    return gettext("It is between %(start)s and %(end)s.") % words
