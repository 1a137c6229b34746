"""Whole cases for the properties of explanations, each made from one number.

Hypothesis draws the number and gives it back where a case fails. To draw the parts one by one
takes it fifty times as long, which would make 100,000 cases a matter of hours.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf, AnyOf, Condition
from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.decisions import Option
from ethical_personalization.core.facts import FactKind
from ethical_personalization.core.instructions import BRAND, Instructions
from ethical_personalization.core.ranking import Candidate, Criterion

from .strategies import BRANDS, FACTS, KINDS, NOW, PURPOSES, VALUES, Reader

PLACEMENTS = ("hero", "page-7", "block-1-2", "segment-3")
OPERATORS = {
    FactKind.SET: ("any_of", "any_of", "any_of", "all_of", "is_empty", "gone_operator"),
    FactKind.NUMBER: ("at_least", "at_most"),
    FactKind.CHOICE: ("one_of",),
    FactKind.BOOLEAN: ("is_true",),
}
NUMBERS = range(4)


class World:
    """A profile, a consent, what she left out, a placement's versions, a list; equal per seed."""

    def __init__(self, seed):
        self.seed, self._random = seed, Random(seed)
        self.placement = self._random.choice(PLACEMENTS)
        self.profile = {key: self.value(key) for key in KINDS if self._random.random() < 0.85}
        self.consent = self._consent()
        self.options = [self._option(number) for number in range(self._random.randint(1, 4))]
        self.candidates = tuple(self._candidate(key) for key in range(self._random.randint(1, 6)))
        self.criteria = tuple(
            Criterion(fact=fact, weight=self._random.randint(1, 5))
            for fact in self._random.sample(FACTS, self._random.randint(1, 4))
        )
        self.limit = self._random.randint(1, 4)
        self.instructions = self._instructions()

    def reader(self, profile=None):
        """Her profile, noting what is read."""
        return Reader(self.profile if profile is None else profile)

    def facts(self, profile=None, excluded=()):
        """Her facts through the door of her consent, without what she left out."""
        left_out = replace(
            self.instructions, excluded=self.instructions.excluded | frozenset(excluded)
        )
        return self.reader(profile).permitted(self.consent, left_out)

    def may_be_told(self):
        """The facts that she permitted and did not exclude."""
        permitted = self.consent.permitted(now=NOW)
        return {key for key in KINDS if key.split(".")[0] in permitted} - self.instructions.excluded

    def muted(self):
        return self.instructions.muted.get(BRAND, frozenset())

    def value(self, key):
        """Any value of the fact ``key``."""
        if KINDS[key] is FactKind.SET:
            return self._values(0)
        if KINDS[key] is FactKind.NUMBER:
            return self._random.choice(NUMBERS)
        return self._random.choice(VALUES if KINDS[key] is FactKind.CHOICE else (True, False))

    def changed_where_nobody_may_look(self):
        """Her profile with other values of whatever is not permitted, excluded or muted."""
        seen, changed = self.may_be_told(), dict(self.profile)
        for key in KINDS:
            if key not in seen:
                changed[key] = self.value(key)
            elif key in BRANDS and key in changed:
                changed[key] = changed[key] ^ (self.muted() & self._values(0))
        return changed

    def _values(self, least):
        return frozenset(self._random.sample(VALUES, self._random.randint(least, len(VALUES))))

    def _consent(self):
        choices = {}
        for purpose in PURPOSES:
            if self._random.random() < 0.8:
                status, version = ConsentStatus.GIVEN, 2
            else:
                status = self._random.choice(list(ConsentStatus))
                version = self._random.randint(1, 2)
            choices[purpose] = Choice(
                purpose=purpose,
                status=status,
                version=version,
                at=NOW - timedelta(days=self._random.randint(1, 400)),
                valid_until=None,
            )
        terms = {purpose: Terms(purpose=purpose, version=2) for purpose in PURPOSES}
        return Consent(terms=terms, choices=choices)

    def _instructions(self):
        if self._random.random() < 0.6:
            return Instructions()
        return Instructions(
            excluded=frozenset(key for key in KINDS if self._random.random() < 0.1),
            hidden=frozenset(self._random.sample(range(6), self._random.randint(0, 2))),
            muted={BRAND: frozenset(self._random.sample(VALUES, self._random.randint(0, 1)))},
            less={fact: self._values(0) for fact in FACTS if self._random.random() < 0.3},
        )

    def _option(self, key):
        audience = Audience(
            key=key,
            name=f"Segment {key}",
            condition=self._expression(2),
            priority=self._random.randint(1, 3),
        )
        return Option(key=str(key), audience=audience)

    def _expression(self, depth):
        if depth and self._random.random() < 0.6:
            group = self._random.choice((AllOf, AnyOf))
            parts = range(self._random.choice((0, 1, 2, 2, 3, 3)))
            return group(tuple(self._expression(depth - 1) for _ in parts))
        fact = self._random.choice((*KINDS, *KINDS, "gone.fact"))
        operator = self._random.choice(OPERATORS[KINDS.get(fact, FactKind.SET)])
        return Condition(
            fact=fact,
            operator=operator,
            value=self._wanted(operator),
            negated=self._random.random() < 0.25,
        )

    def _wanted(self, operator):
        if operator in ("at_least", "at_most"):
            return Decimal(self._random.choice(NUMBERS))
        return None if operator in ("is_empty", "is_true") else self._values(1)

    def _candidate(self, key):
        facts = self._random.sample(FACTS, self._random.randint(0, 4))
        return Candidate(key=key, values={fact: self._values(0) for fact in facts})


worlds = st.integers(0, 2**63).map(World)
