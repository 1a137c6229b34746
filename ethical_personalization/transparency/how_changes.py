"""What the shop told before, and what it changed when: from purpose versions and disclosures."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ethical_personalization.core.registry import facts
from ethical_personalization.core.told import (
    Change,
    Told,
    Topic,
    changed_terms,
    differences,
    told_on,
)
from ethical_personalization.models import Disclosure, PurposeVersion
from ethical_personalization.models.preferences import live_questions

from .notice import period_in_words


@dataclass(frozen=True, kw_only=True)
class Day:
    """What changed on one day, in sentences."""

    on: date
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """The days with changes, newest first. ``has_more``: there may be older ones."""

    days: tuple[Day, ...]
    since: datetime | None
    has_more: bool


def changes_on(site_id: int | None, *, newest: int | None = None) -> History:
    """What changed for one site, or only the ``newest`` days. Three queries."""
    since = Disclosure.objects.aggregate(first=Min("at"))["first"]
    stored = Disclosure.objects.order_by("-at", "-pk")
    documents = list(stored if newest is None else stored[: newest + 1])[::-1]
    versions = list(PurposeVersion.objects.select_related("purpose").order_by("purpose", "number"))
    told = [(document.at, told_on(document.told, site_id)) for document in documents]
    shown = frozenset[str]().union(*(each.purposes for _at, each in told))
    found = [*_of_documents(told), *_of_versions(versions, shown, since)]
    words = _Words(documents, versions)
    found.sort(key=lambda each: each[0])
    days = _by_day((at, words.sentence(change)) for at, change in found)
    return History(
        days=days[:newest],
        since=since,
        has_more=newest is not None and (len(documents) > newest or len(days) > newest),
    )


def _of_documents(told: list[tuple[datetime, Told]]) -> Iterator[tuple[datetime, Change]]:
    for (_earlier, before), (at, after) in pairwise(told):
        for change in differences(before, after):
            yield at, change


def _of_versions(
    versions: Iterable[PurposeVersion], shown: frozenset[str], since: datetime | None
) -> Iterator[tuple[datetime, Change]]:
    """A first version from before the first disclosure is the beginning of its purpose."""
    before: PurposeVersion | None = None
    for version in versions:
        key = version.purpose.key
        if key in shown:
            if before is not None and before.purpose_id == version.purpose_id:
                for change in changed_terms(key, before.material, version.material):
                    yield version.created_at, change
            elif since is None or version.created_at <= since:
                yield version.created_at, Change(topic=Topic.PURPOSE, about=key, after=key)
        before = version


def _by_day(said: Iterable[tuple[datetime, str]]) -> tuple[Day, ...]:
    """Each sentence once for each moment; days are those of the shop's time zone."""
    days: dict[date, list[str]] = {}
    for at, sentence in dict.fromkeys(said):
        days.setdefault(timezone.localtime(at).date(), []).append(sentence)
    return tuple(Day(on=on, sentences=tuple(days[on])) for on in sorted(days, reverse=True))


class _Words:
    """The sentences on changes, with today's names for what still has one."""

    def __init__(self, documents: Iterable[Disclosure], versions: Iterable[PurposeVersion]) -> None:
        self._purposes = {each.purpose.key: each.purpose.words("title") for each in versions}
        self._facts = {key: str(fact.label) for key, fact in facts.all().items()}
        self._questions = {each.key: str(each.wording) for each in live_questions.get()}
        for document in documents:
            for key, fact in document.told["facts"].items():
                self._facts.setdefault(key, fact["label"])
            for key, parameter in document.told["parameters"].items():
                self._questions.setdefault(key, parameter["label"])

    def sentence(self, change: Change) -> str:
        tell: Mapping[Topic, Callable[[Change], str]] = {
            Topic.PURPOSE: self._purpose,
            Topic.FACT: self._fact,
            Topic.PERIOD: self._period,
            Topic.PARAMETER: self._parameter,
            Topic.RETENTION: self._retention,
            Topic.RECIPIENT: self._recipient,
        }
        return tell.get(change.topic, self._other)(change)

    def _purpose(self, change: Change) -> str:
        name = {"purpose": self._name(change)}
        if change.before is None:
            return gettext("New: “%(purpose)s”.") % name
        return gettext("Ended: “%(purpose)s”.") % name

    def _fact(self, change: Change) -> str:
        named = {
            "fact": self._facts.get(change.about, change.about),
            "purpose": self._purposes.get(str(change.after or change.before), ""),
        }
        if change.after is None:
            return gettext("Not looked at any more: “%(fact)s”") % named
        if not named["purpose"]:
            return gettext("May now be looked at, without a yes: “%(fact)s”") % named
        return gettext("May now be looked at for “%(purpose)s”: “%(fact)s”") % named

    def _period(self, change: Change) -> str:
        return gettext("“%(fact)s”: now kept for %(after)s, before: %(before)s.") % {
            "fact": self._facts.get(change.about, change.about),
            "after": _period_or_purpose(change.after),
            "before": _period_or_purpose(change.before),
        }

    def _parameter(self, change: Change) -> str:
        question = self._questions.get(change.about, change.about)
        if change.after is None:
            return gettext("Lists don’t look at “%(question)s” any more.") % {"question": question}
        points = _points(int(change.after))
        if change.before is None:
            said = {"question": question, "points": points}
            return gettext("Lists now also look at “%(question)s”: %(points)s.") % said
        said = {"question": question, "points": points, "before": _points(int(change.before))}
        return gettext("“%(question)s” now counts %(points)s in lists, before %(before)s.") % said

    def _retention(self, change: Change) -> str:
        return gettext("“%(purpose)s”: now kept for %(after)s, before: %(before)s.") % {
            "purpose": self._name(change),
            "after": _period_or_purpose(change.after),
            "before": _period_or_purpose(change.before),
        }

    def _recipient(self, change: Change) -> str:
        named = {"purpose": self._name(change), "name": change.after or change.before}
        if change.before is None:
            return gettext("“%(purpose)s”: the data now also goes to %(name)s.") % named
        return gettext("“%(purpose)s”: the data does not go to %(name)s any more.") % named

    def _other(self, change: Change) -> str:
        name = {"purpose": self._name(change)}
        if change.topic is Topic.BASIS:
            return gettext("“%(purpose)s”: it has another legal basis now.") % name
        return gettext("“%(purpose)s”: it uses other kinds of data now.") % name

    def _name(self, change: Change) -> str:
        return self._purposes.get(change.about, change.about)


def _period_or_purpose(days: str | int | None) -> str:
    return period_in_words(int(days)) if days is not None else gettext("as long as its purpose")


def _points(number: int) -> str:
    return ngettext("%(count)d point", "%(count)d points", number) % {"count": number}
