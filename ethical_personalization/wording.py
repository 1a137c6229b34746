"""In which words: every sentence that a shopper reads about a decision.

Facts bring the sentence on their own evidence; here they are put together.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format, localize
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from .core.evidence import Evidence
from .core.explanations import Explanation, Ground
from .core.facts import Fact, FactKind
from .core.ranking import ItemReason
from .core.readings import Reading
from .core.traces import Standing, Supposition, Without

#: Where the whole part of a number decides alone: 1.5 is singular.
_COUNTED_BY_WHOLES = frozenset({"fr", "pt"})


def evidence_sentence(fact: Fact, evidence: Evidence) -> str:
    """The fact's own sentence on one true condition."""
    named = evidence.matched
    if not named and isinstance(evidence.wanted, frozenset):
        named = tuple(sorted(evidence.wanted))
    return fact.sentence(evidence, listed(fact.labels(named)))


def ground_sentences(ground: Ground) -> list[str]:
    """What one fact contributed, in one or more sentences, each once."""
    sentences = (evidence_sentence(ground.fact, item) for item in ground.evidence)
    return list(dict.fromkeys(sentences))


def headline(explanation: Explanation) -> str:
    """The reason in one go: the sentences of all facts that made the difference."""
    return " ".join(
        sentence for ground in explanation.grounds for sentence in ground_sentences(ground)
    )


def what_was_decided(explanation: Explanation) -> str:
    """What a rule, not a person, chose."""
    if explanation.decision.items:
        return gettext("These products were put together for you.")
    return gettext("This content was chosen for you.")


def value_in_words(fact: Fact, reading: Reading) -> str:
    """A fact's value for a person: labels, yes or no, a number; a dash where nothing is known."""
    if not reading.is_known:
        return "–"
    if fact.in_words is not None:
        return fact.in_words(reading.value)
    if fact.kind is FactKind.SET:
        return listed(fact.labels(tuple(reading.value))) or gettext("nothing")
    if fact.kind is FactKind.BOOLEAN:
        return gettext("yes") if reading.value else gettext("no")
    if fact.kind is FactKind.CHOICE:
        return listed(fact.labels((reading.value,)))
    if fact.kind is FactKind.TIME:
        return str(date_format(reading.value, "TIME_FORMAT"))
    return str(reading.value)


def unused_in_words() -> str:
    """What a fact is called that no code declares any more."""
    return gettext("something no longer used")


def standing_in_words(standing: Standing) -> str:
    """Why a version was not shown."""
    return {
        Standing.DOES_NOT_FIT: gettext("It does not fit what is known."),
        Standing.NOT_KNOWN: gettext("Too little is known to tell whether it fits."),
        Standing.NOT_PERMITTED: gettext("You have not allowed what it would take to tell."),
        Standing.CAME_LATER: gettext("It fits as well, but another one comes first."),
        Standing.NOT_LOOKED_AT: gettext("It was not needed, so not all it asks for was read."),
    }[standing]


def allowed_in_words(purpose: str, since: datetime) -> str:
    """Since when (aware) she allows a purpose."""
    return gettext("You have allowed “%(purpose)s” since %(date)s.") % {
        "purpose": purpose,
        "date": date_format(localtime(since)),
    }


def as_of_in_words(as_of: datetime) -> str:
    """From when (aware) the newest thing is that a value rests on."""
    return gettext("As of %(date)s.") % {"date": date_format(localtime(as_of))}


def remaining_in_words(reasons: Iterable[str]) -> str:
    """That the same would be shown without a fact, and why."""
    told = " ".join(dict.fromkeys(reasons))
    if not told:
        return gettext("You would still see it, for the other reasons.")
    return gettext("You would still see it. %(reasons)s") % {"reasons": told}


def list_remaining_in_words(kept: int | None, among: int) -> str:
    """How many of the ``among`` listed products would stay; ``kept`` is None where nobody knows."""
    if not kept:
        return gettext("There would still be a list for you, for other reasons.")
    return ngettext(
        "For other reasons, %(kept)s of this %(among)s product would still be listed.",
        "For other reasons, %(kept)s of these %(among)s products would still be listed.",
        among,
    ) % {"kept": kept, "among": among}


def without_in_words(item: Without, label: str) -> str:
    """What would be shown without the fact that is called ``label``."""
    if item.same_kind:
        text = gettext("Without “%(fact)s” you would see other products.")
    elif item.option is not None:
        text = gettext("Without “%(fact)s” you would see another version.")
    else:
        text = gettext("Without “%(fact)s” you would see what everybody sees.")
    return text % {"fact": label}


def supposition_in_words(fact: Fact, supposition: Supposition) -> str:
    """Under which other value of ``fact`` a version would be shown."""
    return gettext("You would see it if “%(fact)s” were: %(value)s.") % {
        "fact": fact.label,
        "value": value_in_words(fact, supposition.reading),
    }


def item_share_in_words(reason: ItemReason) -> str:
    """How much of a product's score its first reason is, and at which place it stands."""
    points = ngettext(
        "That is %(points)s of its %(score)s point.",
        "That is %(points)s of its %(score)s points.",
        _counted(reason.score),
    ) % {"points": _number(reason.contribution.points), "score": _number(reason.score)}
    place = ngettext(
        "It is number %(place)s of %(among)s product in this list.",
        "It is number %(place)s of %(among)s products in this list.",
        reason.among,
    ) % {"place": reason.place, "among": reason.among}
    return f"{points} {place}"


def _counted(points: float) -> int:
    """A whole number with the same plural: half a point is many, and in French it is one.

    https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
    """
    if points == int(points) or (get_language() or "").partition("-")[0] in _COUNTED_BY_WHOLES:
        return int(points)
    return 2


def _number(points: float) -> str:
    """Whole, or with its half as the language writes it."""
    return str(localize(int(points) if points == int(points) else points))


def listed(labels: tuple[str, ...]) -> str:
    """The labels in a row, with the language's own word for "and" before the last."""
    return str(get_text_list(list(labels), gettext("and")))
