"""What the law protects most is opened by a yes, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.exceptions import InvalidDeclaration
from ethical_personalization.core.facts import Fact, FactKind, PermittedFacts
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.readings import Gap

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ALLERGIC = Fact(
    key="shop.allergic",
    label="Allergies",
    kind=FactKind.BOOLEAN,
    purpose="care",
    data_category="HealthData",
    source="From your answers.",
    reader=lambda source: True,
    sentence=lambda evidence, values: "You have an allergy.",
    change_at="care",
    is_sensitive=True,
)
YES = Choice(purpose="care", status=ConsentStatus.GIVEN, version=1, at=NOW)


@pytest.mark.parametrize("basis", LawfulBasis)
@pytest.mark.parametrize("choices", [{}, {"care": YES}])
@pytest.mark.parametrize("fact", [ALLERGIC, replace(ALLERGIC, is_sensitive=False)])
def test_sensitive_fact_is_opened_by_a_yes_alone(basis, choices, fact):
    terms = {"care": Terms(purpose="care", version=1, basis=basis)}
    facts = PermittedFacts(
        find={fact.key: fact}.get,
        consent=Consent(terms=terms, choices=choices),
        instructions=Instructions(),
        source=None,
        now=NOW,
    )
    needs_a_yes = fact.is_sensitive or basis is LawfulBasis.CONSENT
    wanted = Gap.NOT_PERMITTED if needs_a_yes and not choices else None
    assert facts.read(fact.key).gap is wanted


def test_sensitive_fact_without_a_purpose_is_refused():
    with pytest.raises(InvalidDeclaration, match="no purpose"):
        replace(ALLERGIC, purpose=None)
