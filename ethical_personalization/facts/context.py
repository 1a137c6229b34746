"""What this one request says about device, language, origin and time; never kept."""

import re
from collections.abc import Sequence
from datetime import time
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail_personalisation.rules import COUNTRY_CHOICES

from ethical_personalization.conf import conf
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind

from .countries import all_countries
from .phrases import SetSentences
from .referrer import referrer_host
from .source import FactSource

PURPOSE = "context"
CHANGE_AT = "choices"
SOURCE = _("From this visit; it is not kept.")
#: In the order of ``datetime.weekday()``.
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEVICES = (("phone", _("Phone")), ("tablet", _("Tablet")), ("desktop", _("Computer")))
MAX_HEADER = 500
MAX_PAIRS = 20


_request = partial(Fact, purpose=PURPOSE, source=SOURCE, change_at=CHANGE_AT)
_clock = partial(
    Fact,
    purpose=None,
    data_category="NonPersonalData",
    source=_("From the shop's clock."),
    change_at=CHANGE_AT,
)


def context_facts() -> Sequence[Fact]:
    """The facts of the request. Time tells nothing about a person and so needs no consent."""
    return [
        _request(
            key="context.language",
            label=_("Language of the page"),
            kind=FactKind.CHOICE,
            data_category="Language",
            reader=lambda source: get_language(),
            sentence=_reads_in,
            choices=lambda: [(code, str(name)) for code, name in settings.LANGUAGES],
        ),
        _request(
            key="context.device",
            label=_("Kind of device"),
            kind=FactKind.CHOICE,
            data_category="DeviceBased",
            reader=_device,
            sentence=_uses,
            choices=lambda: [(value, str(label)) for value, label in DEVICES],
        ),
        *_origin_facts(),
        *_clock_facts(),
    ]


def _origin_facts() -> Sequence[Fact]:
    return [
        _request(
            key="context.query",
            label=_("Words in the address you came with"),
            kind=FactKind.SET,
            data_category="BrowsingReferral",
            reader=_query,
            sentence=_came_with,
        ),
        _request(
            key="context.referrer",
            label=_("Page that led you here"),
            kind=FactKind.TEXT,
            data_category="BrowsingReferral",
            reader=lambda source: source.request.headers.get("Referer", "")[:MAX_HEADER] or None,
            sentence=_came_from,
        ),
        _request(
            key="context.referrer_host",
            label=_("Site that led you here"),
            kind=FactKind.CHOICE,
            data_category="BrowsingReferral",
            reader=referrer_host,
            sentence=_came_from_site,
        ),
        _request(
            key="context.country",
            label=_("Country you visit from"),
            kind=FactKind.CHOICE,
            data_category="Country",
            reader=_country,
            sentence=_visits_from,
            choices=all_countries,
        ),
    ]


def _clock_facts() -> Sequence[Fact]:
    return [
        _clock(
            key="context.weekday",
            label=_("Day of the week"),
            kind=FactKind.CHOICE,
            reader=lambda source: DAYS[
                timezone.localtime(source.now, timezone.get_default_timezone()).weekday()
            ],
            sentence=_today_is,
            choices=lambda: [(day, str(WEEKDAYS[number])) for number, day in enumerate(DAYS)],
        ),
        _clock(
            key="context.time",
            label=_("Time of day"),
            kind=FactKind.TIME,
            reader=_time,
            sentence=_now_is,
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


def _query(source: FactSource) -> frozenset[str]:
    """Each ``name=value`` of the page's own address, the first few of them; none of ours."""
    named = source.request.GET.items()
    pairs = [f"{name}={value}" for name, value in named if not name.startswith("ep-")]
    return frozenset(pairs[:MAX_PAIRS])


def _country(source: FactSource) -> str | None:
    """A code of two lower-case letters, from the one header that the shop's proxy vouches for."""
    if not conf.country_header:
        return None
    code = source.request.headers.get(conf.country_header, "").lower()
    return code if code in dict(COUNTRY_CHOICES) else None


def _time(source: FactSource) -> time:
    return (
        timezone.localtime(source.now, timezone.get_default_timezone()).time().replace(tzinfo=None)
    )


def _reads_in(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You read this shop in %(values)s.") % {"values": values}
    return gettext("You do not read this shop in %(values)s.") % {"values": values}


def _uses(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You use this kind of device: %(values)s.") % {"values": values}
    return gettext("You do not use this kind of device: %(values)s.") % {"values": values}


_came_with = SetSentences(
    has=lambda evidence, values: (
        gettext("The address you opened contains %(values)s.") % {"values": values}
    ),
    has_none=lambda values: (
        gettext("The address you opened does not contain %(values)s.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("The address you opened does not contain all of these: %(values)s.")
        % {"values": values}
    ),
    is_empty=lambda: gettext("The address you opened carries no further words."),
    is_not_empty=lambda: gettext("The address you opened carries further words."),
)


def _came_from(evidence: Evidence, values: str) -> str:
    host = re.match(r"https?://([^/?#\s]+)", evidence.reading.value)
    if evidence.negated or host is None:
        return gettext("You came here from another page.")
    return gettext("You came here from %(host)s.") % {"host": host[1]}


def _came_from_site(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You came here from %(values)s.") % {"values": values}
    return gettext("You did not come here from %(values)s.") % {"values": values}


def _visits_from(evidence: Evidence, values: str) -> str:
    if evidence.matched:
        return gettext("You visit this shop from %(values)s.") % {"values": values}
    return gettext("You do not visit this shop from %(values)s.") % {"values": values}


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
