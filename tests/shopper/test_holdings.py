"""The inventory names every column that can hold something about a person."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from ethical_personalization.models import Subject
from ethical_personalization.shopper.holdings import (
    HOLDINGS,
    IMPERSONAL,
    Goes,
    columns_of,
)
from ethical_personalization.shopper.holdings.shared import SHARED
from ethical_personalization.shopper.holdings.staff import STAFF

OURS = ("ethical_personalization", "wagtail_personalisation")
INVENTORY = {holding.model: columns_of(holding) for holding in HOLDINGS} | {
    entry.model: frozenset(entry.columns) for entry in IMPERSONAL
}


def columns(model):
    return {field.name for field in model._meta.local_concrete_fields}


def names_a_person(model):
    """Whether a column leads to an account or a subject, or holds an e-mail address."""
    people = (get_user_model(), Subject)
    return any(
        isinstance(field, models.EmailField)
        or (field.remote_field is not None and field.remote_field.model in people)
        for field in model._meta.local_concrete_fields
    )


def uncovered(models_to_look_at):
    found = []
    for model in models_to_look_at:
        listed = INVENTORY.get(model._meta.label, frozenset())
        found += [f"{model._meta.label}.{name}" for name in columns(model) - listed]
    return found


def our_models():
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]


def test_every_column_of_ours_and_of_the_host_is_in_the_inventory():
    assert uncovered(our_models()) == []


def test_a_new_column_is_found_missing():
    with isolate_apps("ethical_personalization"):

        class Diary(models.Model):
            subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
            page = models.TextField()

            class Meta:
                app_label = "ethical_personalization"

            def __str__(self):
                return self.page

        assert len(uncovered([*our_models(), Diary])) == 3


def unexplained(holdings):
    """Tables that name a person or hang on a holding, and that nobody spoke of."""
    spoken = {h.model for h in holdings} | {e.model for e in IMPERSONAL} | {*STAFF, *SHARED}
    people = {get_user_model()._meta.label, Subject._meta.label}
    held = {h.model for h in holdings} | people
    every = [m for m in apps.get_models(include_auto_created=True) if not is_of_sandbox(m)]
    found = {m._meta.label for m in every if names_a_person(m)}
    for model in every:
        led_to = {f.related_model._meta.label for f in model._meta.concrete_fields if f.is_relation}
        if model._meta.label in held:
            found |= led_to
        elif led_to & held:
            found.add(model._meta.label)
    return found - spoken


def is_of_sandbox(model):
    """The sandbox's own pages, which editors own."""
    return model._meta.app_label == "boutique"


def test_every_table_that_names_a_person_or_hangs_on_one_that_does_is_spoken_of():
    assert unexplained(HOLDINGS) == set()


@pytest.mark.parametrize(
    "holding", [h for h in HOLDINGS if h.of_account], ids=lambda holding: holding.model
)
def test_holding_that_is_left_out_is_found_missing(holding):
    assert unexplained([h for h in HOLDINGS if h is not holding]) == {holding.model}


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.model)
def test_a_holding_speaks_of_every_column_of_its_table_and_of_no_other(holding):
    assert columns_of(holding) == columns(holding.model_class)


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.model)
def test_a_holding_says_when_it_goes_how_long_it_stays_and_why(holding):
    assert str(holding.kept)
    assert str(holding.title)
    stays = holding.goes in (Goes.STAYS, Goes.WITH_PROOF)
    assert str(holding.why) if stays and holding.model != "ethical_personalization.Subject" else 1
