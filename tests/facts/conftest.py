"""The shop of the personalisation tests serves the facts as well; a reader of facts without it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.operators import operators_for, parse_value
from ethical_personalization.core.readings import as_reading
from ethical_personalization.core.registry import facts
from ethical_personalization.facts.source import FactSource
from ethical_personalization.wording import evidence_sentence
from tests.personalization.conftest import catalogue, order, site, user

__all__ = ["catalogue", "order", "site", "user"]


@pytest.fixture
def read():
    """The reading of a fact for a request, with permission taken as given."""

    def ask(key, *, user=None, now=None, record=None, basket=None, path="/", **headers):
        request = RequestFactory().get(path, headers=headers)
        request.user = user or AnonymousUser()
        request.basket = basket
        source = FactSource(
            request=request,
            subject_id=None,
            unsealed=lambda name: record or {},
            now=now or timezone.now(),
        )
        return as_reading(facts.get(key).reader(source))

    return ask


def told(key, reading, operator, wanted=None, *, negated=False):
    fact = facts.get(key)
    value = parse_value(next(o for o in operators_for(fact) if o.key == operator), wanted)
    condition = Condition(fact=key, operator=operator, value=value, negated=negated)
    (evidence,) = condition.evidence(lambda asked: reading)
    return evidence_sentence(fact, evidence)
