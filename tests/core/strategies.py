"""Random facts, profiles, consents, rules and segments for the property tests."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf, AnyOf, Condition
from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.decisions import Option
from ethical_personalization.core.facts import Fact, FactKind, PermittedFacts
from ethical_personalization.core.instructions import BRAND, NO_INSTRUCTIONS
from ethical_personalization.core.readings import Gap, Reading

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PURPOSES = ("stated", "orders", "browsing")
FACTS = tuple(f"{purpose}.{number}" for purpose in PURPOSES for number in (1, 2))
VALUES = ("linen", "wool", "silk")
#: Those that she can mute values of.
BRANDS = ("stated.1", "orders.1")
KINDS = {
    **dict.fromkeys(FACTS, FactKind.SET),
    "stated.size": FactKind.CHOICE,
    "orders.count": FactKind.NUMBER,
    "browsing.often": FactKind.BOOLEAN,
}

profiles = st.dictionaries(
    st.sampled_from(FACTS), st.frozensets(st.sampled_from(VALUES)), max_size=len(FACTS)
)
statuses = st.sampled_from(ConsentStatus)
times = st.integers(-400, 400).map(lambda days: NOW + timedelta(days=days))


@st.composite
def consents(draw):
    """Any consent, to any version, at any time, on any of the purposes."""
    choices = {}
    for purpose in PURPOSES:
        if draw(st.booleans()):
            choices[purpose] = Choice(
                purpose=purpose,
                status=draw(statuses),
                version=draw(st.integers(1, 2)),
                at=draw(times),
                valid_until=draw(st.none() | times),
            )
    return Consent(
        terms={purpose: Terms(purpose=purpose, version=2) for purpose in PURPOSES},
        choices=choices,
        refused_here=draw(st.dictionaries(st.sampled_from(PURPOSES), times, max_size=1)),
    )


def _conditions():
    wanted = st.frozensets(st.sampled_from(VALUES), min_size=1)
    compared = st.builds(
        Condition,
        fact=st.sampled_from((*FACTS, "gone.fact")),
        operator=st.sampled_from(("any_of", "all_of", "gone_operator")),
        value=wanted,
        negated=st.booleans(),
    )
    empty = st.builds(
        Condition,
        fact=st.sampled_from(FACTS),
        operator=st.just("is_empty"),
        negated=st.booleans(),
    )
    return compared | empty


def _groups(parts):
    listed = st.lists(parts, max_size=3).map(tuple)
    return st.builds(AllOf, listed) | st.builds(AnyOf, listed)


expressions = st.recursive(_conditions(), _groups, max_leaves=6)


@st.composite
def options(draw):
    """Up to four versions for segments of any priority."""
    return [
        Option(
            key=str(number),
            audience=Audience(
                key=number,
                name=f"Segment {number}",
                condition=draw(expressions),
                priority=draw(st.integers(1, 3)),
            ),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


class Reader:
    """A profile whose readers note which facts they were asked for."""

    def __init__(self, profile):
        self.profile = profile
        self.asked = []

    def fact(self, key):
        """The fact ``key``, as an app would declare it."""
        if key not in KINDS:
            return None
        return Fact(
            key=key,
            label=key,
            kind=KINDS[key],
            purpose=key.split(".")[0],
            data_category="Preference",
            source="test",
            reader=lambda source: self._read(key),
            sentence=lambda evidence, values: f"{key}: {values}.",
            change_at="choices",
            values_of=BRAND if key in BRANDS else "",
        )

    def _read(self, key):
        self.asked.append(key)
        return self.profile.get(key)

    def permitted(self, consent, instructions=NO_INSTRUCTIONS):
        """The facts through the door of ``consent``."""
        return PermittedFacts(
            find=self.fact,
            consent=consent,
            instructions=instructions,
            source=None,
            now=NOW,
        )


def read_from(profile):
    """A ``Read`` over a plain profile, everything permitted."""
    return lambda key: Reading(value=profile[key]) if key in profile else Reading(gap=Gap.MISSING)
