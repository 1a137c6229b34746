"""Whole cases for the properties of explanations, each made from one number.

Hypothesis draws the number and gives it back where a case fails. To draw the parts one by one
takes it fifty times as long, which would make 100,000 cases a matter of hours.
"""

from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf, AnyOf, Condition
from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.decisions import Option, choose
from ethical_personalization.core.ranking import Candidate, Criterion

from .strategies import FACTS, NOW, PURPOSES, VALUES, Reader

PLACEMENTS = ("hero", "page-7", "block-1-2", "segment-3")


class World:
    """A profile, a consent, the versions of a placement, and a list to rank; equal per seed."""

    def __init__(self, seed):
        self._random = Random(seed)
        self.placement = self._random.choice(PLACEMENTS)
        self.profile = {fact: self._values(0) for fact in FACTS if self._random.random() < 0.8}
        self.consent = self._consent()
        self.options = [self._option(number) for number in range(self._random.randint(1, 4))]
        self.candidates = tuple(self._candidate(key) for key in range(self._random.randint(1, 6)))
        self.criteria = tuple(
            Criterion(fact=fact, weight=self._random.randint(1, 5))
            for fact in self._random.sample(FACTS, self._random.randint(1, 4))
        )
        self.limit = self._random.randint(1, 4)

    def reader(self, profile=None):
        """Her profile, noting what is read."""
        return Reader(self.profile if profile is None else profile)

    def facts(self, profile=None, excluded=()):
        """Her facts through the door of her consent."""
        return self.reader(profile).permitted(self.consent, frozenset(excluded))

    def choose(self, read, options=None):
        """What the placement shows under ``read``."""
        return choose(self.placement, self.options if options is None else options, read)

    def _values(self, least):
        return frozenset(self._random.sample(VALUES, self._random.randint(least, len(VALUES))))

    def _consent(self):
        choices = {}
        for purpose in PURPOSES:
            if self._random.random() < 0.75:
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
        operator = self._random.choice(("any_of",) * 4 + ("all_of", "is_empty", "gone_operator"))
        return Condition(
            fact=self._random.choice((*FACTS, *FACTS, "gone.fact")),
            operator=operator,
            value=None if operator == "is_empty" else self._values(1),
            negated=self._random.random() < 0.25,
        )

    def _candidate(self, key):
        facts = self._random.sample(FACTS, self._random.randint(0, 4))
        return Candidate(key=key, values={fact: self._values(0) for fact in facts})


worlds = st.integers(0, 2**63).map(World)
