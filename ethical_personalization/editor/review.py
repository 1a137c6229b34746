"""What a segment uses, what it needs from shoppers, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.conditions import Expression, facts_of
from ethical_personalization.core.facts import Fact
from ethical_personalization.models import FactRule, SegmentPolicy
from ethical_personalization.personalization.compilation import combine, group_of
from ethical_personalization.personalization.translation import Translation, translate

from .catalogue import FactCatalogue
from .definitions import Described
from .fact_rule_problems import problem_of
from .host_rule_problems import own_fact, problem_of_host_rule
from .rule_words import in_words

#: Each rule with what became of it: other apps' code is asked once for a review.
Translated = Sequence[tuple[AbstractBaseRule, Translation]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong, in a few words and explained.

    ``is_blocking`` keeps the segment from being published.
    """

    brief: str
    text: str
    is_blocking: bool = True


@dataclass(frozen=True, kw_only=True)
class Review:
    """What an editor should know about a segment; ``purposes`` are keys."""

    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What has to be put right before publishing."""
        return tuple(finding for finding in self.findings if finding.is_blocking)


def review(described: Described, *, benefit: str, catalogue: FactCatalogue) -> Review:
    """The review of what an editor described, published or not."""
    translated = [(rule, translate(rule, catalogue.sensitive)) for rule in described.rules]
    used = _facts_of(translated, catalogue)
    purposes = {fact.purpose for fact in used.values() if fact.purpose is not None}
    return Review(
        rules=tuple(in_words(rule, catalogue) for rule in described.rules),
        facts=tuple(str(fact.label) for fact in used.values()),
        purposes=tuple(key for key in catalogue.purposes if key in purposes),
        findings=(
            *_findings_on_rules(translated, catalogue),
            *_findings_on_the_whole(described, translated, catalogue),
            *_findings_on_purposes(purposes, catalogue),
            *_findings_on_benefit(benefit),
        ),
    )


def former_membership(policy: SegmentPolicy) -> Iterator[Finding]:
    """What an adopted segment has beside its rules; empty for any other."""
    segment = policy.segment if policy.segment_id is not None else None
    if segment is not None and segment.is_static:
        yield Finding(
            brief=_("Has a fixed list of members"),
            text=_(
                "So far this segment has a fixed list of members: those on it who allow "
                "“Technical context” see it, and nobody is put on it any more. A list that was "
                "collected by counting visits is shown to nobody, because nobody was asked. Once "
                "you publish this segment here, it follows its rules instead."
            ),
            is_blocking=False,
        )
    if segment is not None and segment.randomisation_percent is not None:
        yield Finding(
            brief=_("Takes a random share"),
            text=_(
                "Of the shoppers who fit its rules, %(share)d in 100 see it, drawn by chance. Each "
                "shopper’s draw stays the same. To show it to all of them, copy the segment: the "
                "copy takes no share."
            )
            % {"share": segment.randomisation_percent},
            is_blocking=False,
        )


def _facts_of(translated: Translated, catalogue: FactCatalogue) -> dict[str, Fact]:
    used: dict[str, Fact] = {}
    for rule, translation in translated:
        for key in facts_of(translation.condition):
            fact = catalogue.find(key) or own_fact(rule)
            if fact is not None:
                used[key] = fact
    return used


def _findings_on_rules(translated: Translated, catalogue: FactCatalogue) -> Iterator[Finding]:
    for rule, translation in translated:
        problem = _problem(rule, translation, catalogue)
        if problem is not None:
            words = in_words(rule, catalogue)
            yield Finding(brief=_("A rule can't be used: %(rule)s") % {"rule": words}, text=problem)


def _problem(
    rule: AbstractBaseRule, translation: Translation, catalogue: FactCatalogue
) -> str | None:
    if type(rule) is FactRule:
        found = problem_of(rule, catalogue)
        return found.text if found is not None else None
    return problem_of_host_rule(rule, translation, catalogue)


def _findings_on_the_whole(
    described: Described, translated: Translated, catalogue: FactCatalogue
) -> Iterator[Finding]:
    if described.lost:
        yield Finding(
            brief=_("Rules were lost"),
            text=_(
                "%(number)d rule(s) can't be read any more, because the app or the page they need "
                "is gone. Check that the other rules still say what you mean, then save."
            )
            % {"number": described.lost},
        )
    if not described.rules:
        yield Finding(
            brief=_("Has no rules"),
            text=_("It has no rules yet, so it fits nobody. Add at least one."),
        )
        return
    free = frozenset(key for key, fact in catalogue.facts.items() if fact.purpose is None)
    if _compiled(translated, match_any=described.match_any).stands_alone(free):
        yield Finding(
            brief=_("Fits without any permission"),
            text=_(
                "It could fit by the time of day or the day of the week alone, that is by things "
                "that no shopper has to allow. Then everybody would see it, and nobody would know "
                "why. Put that in the normal content of the page, or add a rule that always has to "
                "be true about something shoppers allow, such as styles they told you."
            ),
        )


def _compiled(translated: Translated, *, match_any: bool) -> Expression:
    grouped: dict[int | None, list[Expression]] = defaultdict(list)
    for rule, translation in translated:
        grouped[group_of(rule)].append(translation.condition)
    return combine(grouped, match_any=match_any)


def _findings_on_purposes(purposes: set[str], catalogue: FactCatalogue) -> Iterator[Finding]:
    for key in sorted(purposes):
        purpose = catalogue.purposes.get(key)
        if purpose is None or not purpose.is_offered:
            yield Finding(
                brief=_("A purpose is not offered"),
                text=_("“%(purpose)s” is not offered to shoppers, so nobody can allow it.")
                % {"purpose": catalogue.title_of(key)},
                is_blocking=False,
            )
        elif not purpose.is_on_every_site:
            yield Finding(
                brief=_("A purpose is not offered on every site"),
                text=_(
                    "“%(purpose)s” is offered on these sites alone: %(sites)s. Elsewhere nobody "
                    "can allow it."
                )
                % {
                    "purpose": catalogue.title_of(key),
                    "sites": ", ".join(str(row.site) for row in purpose.on_sites.all())
                    or _("none"),
                },
                is_blocking=False,
            )


def _findings_on_benefit(benefit: str) -> Iterator[Finding]:
    if not benefit.strip():
        yield Finding(
            brief=_("Makes no promise of its own"),
            text=_(
                "It does not say what the shopper gets, so she reads the promise of the purpose. "
                "Write one sentence, as a promise."
            ),
            is_blocking=False,
        )
