"""The states follow from the events, and can be made anew from them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from wagtail.models import Site

from ethical_personalization.models import ConsentState, Subject
from ethical_personalization.shopper.ledger import choices_of
from ethical_personalization.shopper.states import rebuild_states

from .conftest import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def test_lost_states_are_rebuilt_as_they_were(subject, site, answered):
    answered(stated=True)
    answered(NOW + DAY, stated=False, orders=True)
    before = choices_of(subject, site.pk)
    ConsentState.objects.all().delete()
    assert rebuild_states() == 1
    assert choices_of(subject, site.pk) == before
    assert set(before) == {"stated", "orders"}


def test_older_state_is_brought_up_to_date(subject, site, answered, tamper):
    (given,) = answered(stated=True)
    (withdrawn,) = answered(NOW + DAY, stated=False)
    tamper(ConsentState.objects.get(), event=given)
    rebuild_states()
    assert ConsentState.objects.get().event == withdrawn


def test_states_that_are_right_are_left_alone(answered):
    answered(stated=True)
    (before,) = ConsentState.objects.values_list("pk", flat=True)
    assert rebuild_states() == 0
    assert ConsentState.objects.get().pk == before


def test_state_of_a_subject_without_events_goes(answered, subject, tamper):
    answered(stated=True)
    tamper(ConsentState.objects.get(), subject=Subject.objects.create())
    rebuild_states()
    assert ConsentState.objects.get().subject == subject


def test_deleted_site_gets_no_states(answered):
    answered(stated=True)
    Site.objects.get().delete()
    assert rebuild_states() == 0


def test_command_says_how_many_were_mended(answered, capsys):
    answered(stated=True)
    ConsentState.objects.all().delete()
    call_command("rebuild_consent_states")
    assert capsys.readouterr().out == "The states of 1 subject were mended.\n"
