"""Any sequence of answers: what is permitted is what was last said yes to."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethical_personalization.models import Subject
from ethical_personalization.shopper.chains import first_broken_event
from ethical_personalization.shopper.ledger import load_consent

from .conftest import NOW

KEYS = ["stated", "orders", "browsing", "context"]
answers = st.dictionaries(st.sampled_from(KEYS), st.booleans(), max_size=len(KEYS))


@pytest.mark.django_db
@given(st.lists(answers, max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_permitted_is_what_was_last_allowed(site, answered, sequence):
    subject, said = Subject.objects.create(), {}
    for hour, given_now in enumerate(sequence):
        now = NOW + timedelta(hours=hour)
        answered(now, on=subject, **given_now)
        said |= given_now
        allowed = {key for key, yes in said.items() if yes}
        assert load_consent(subject, site.pk).permitted(now=now) == allowed
    assert first_broken_event(subject) is None
