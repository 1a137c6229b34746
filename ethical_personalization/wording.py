"""In which words: every sentence that a shopper reads about a decision.

Facts bring the sentence on their own evidence; here they are put together.
"""

from math import ceil

from django.utils.formats import date_format, localize
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from .core.evidence import Evidence
from .core.explanations import Explanation, Ground
from .core.facts import Fact, FactKind
from .core.ranking import ItemReason
from .core.readings import Reading
from .core.traces import Standing, Supposition


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


def standing_in_words(standing: Standing) -> str:
    """Why a version was not shown."""
    return {
        Standing.DOES_NOT_FIT: gettext("It does not fit what is known."),
        Standing.NOT_KNOWN: gettext("Too little is known to tell whether it fits."),
        Standing.NOT_PERMITTED: gettext("You have not allowed what it would take to tell."),
        Standing.CAME_LATER: gettext("It fits as well, but another one comes first."),
        Standing.NOT_LOOKED_AT: gettext("It was not needed, so not all it asks for was read."),
    }[standing]


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
        ceil(reason.score),
    ) % {"points": _number(reason.contribution.points), "score": _number(reason.score)}
    place = ngettext(
        "It is number %(place)s of %(among)s product in this list.",
        "It is number %(place)s of %(among)s products in this list.",
        reason.among,
    ) % {"place": reason.place, "among": reason.among}
    return f"{points} {place}"


def _number(points: float) -> str:
    """Whole, or with its half as the language writes it."""
    return str(localize(int(points) if points == int(points) else points))


def listed(labels: tuple[str, ...]) -> str:
    """The labels in a row, with the language's own word for "and" before the last."""
    return str(get_text_list(list(labels), gettext("and")))
