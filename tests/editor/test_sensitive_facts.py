"""What GDPR Art. 9 protects makes no segment."""

from dataclasses import replace

from ethical_personalization.core.registry import facts
from ethical_personalization.models import FactRule, SegmentPolicy
from ethical_personalization.personalization.translation import NEVER, condition_of
from tests.core.test_sensitive_facts import ALLERGIC

from .conftest import NEW
from .forms import errors_of

RULE = ("shop.allergic", "is_true", {})


def test_rule_on_a_sensitive_fact_is_refused_and_fits_nobody(desk, save):
    fact, stored = replace(ALLERGIC, purpose="orders"), FactRule(fact=RULE[0], operator=RULE[1])
    with facts.temporarily(replace(fact, is_sensitive=False)):
        assert "shop.allergic" in desk.get(NEW).content.decode()
        assert condition_of(stored, frozenset()) != NEVER
    with facts.temporarily(fact):
        response = save(RULE, name="Careful", shopper_benefit="Nice things.")
        assert "no explicit consent" in errors_of(response)
        assert condition_of(stored, frozenset()) == NEVER
    assert not SegmentPolicy.objects.exists()
