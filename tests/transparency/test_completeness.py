"""Everything that the law wants to be said is said, or what is missing is named."""

import pytest
from django.core.checks import run_checks
from django.test import RequestFactory
from wagtail.models import Site

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import Controller, Purpose
from ethical_personalization.transparency.banner import banner as banner_of

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Nord SARL",
    "address": "12 rue de l'Exemple",
    "email": "data@nord.example",
    "data_protection_officer": "Ada Officer",
    "authority": "CNIL",
    "jurisdiction": "FR",
    "storage": "In France",
}


@pytest.fixture
def controller():
    return Controller.objects.create(site=Site.objects.get(is_default_site=True), **SAID)


def findings():
    found = run_checks(tags=["ethical_personalization"], databases=["default"])
    return {finding.id[-4:]: finding.msg for finding in found}


def test_preference_center_says_all_of_article_13_on_each_purpose(visitor, controller):
    visitor.opens()
    for card in visitor.page.select(".ep-choice"):
        said = card.select_one(".ep-terms").get_text(" ")
        for text in ("Nord SARL", "data@nord.example", "Ada Officer", "In France", "CNIL"):
            assert text in said
        for text in ("Art. 6(1)(a)", "Nobody else.", "Your yes holds for", "Take your yes back"):
            assert text in said
        assert "chosen automatically" in said


@pytest.mark.parametrize(
    ("basis", "right"),
    [
        (LawfulBasis.CONSENT, "Take your yes back"),
        (LawfulBasis.LEGITIMATE_INTEREST, "Object here at any time"),
    ],
)
def test_rights_follow_the_basis(visitor, basis, right, monkeypatch):
    declared = Purpose.objects.get(key="stated").declaration
    monkeypatch.setitem(declared.__dict__, "basis", basis)
    visitor.opens()
    assert right in visitor.page.select_one("#choice-stated .ep-terms").get_text(" ")


def test_banner_says_who_is_responsible(visitor, home, controller):
    assert "Responsible: Nord SARL." in visitor.opens("/").page.select_one("ep-consent").text


@pytest.mark.django_db(transaction=True)
def test_who_is_responsible_costs_the_banner_no_query(django_assert_num_queries):
    Controller.objects.create(site=Site.objects.get(is_default_site=True), **SAID)
    request = RequestFactory().get("/", headers={"host": "localhost"})
    banner_of(request)
    with django_assert_num_queries(0):
        assert "Nord SARL" in banner_of(request)


def test_check_names_what_a_site_does_not_say(controller):
    assert "W006" not in findings()
    Controller.objects.update(authority="", storage="")
    assert "the supervisory authority for complaints, where the data is kept" in findings()["W006"]
    controller.delete()
    assert "who is responsible" in findings()["W006"]


def test_check_names_what_a_purpose_does_not_say(monkeypatch, controller):
    assert "W007" not in findings()
    declared = Purpose.objects.get(key="stated").declaration
    monkeypatch.setitem(declared.__dict__, "sources", ())
    assert "where the data comes from" in findings()["W007"]


def test_checks_are_silent_where_nobody_asks_for_the_database(controller):
    controller.delete()
    found = run_checks(tags=["ethical_personalization"], databases=[])
    assert not [finding for finding in found if finding.id.endswith(("W006", "W007"))]
