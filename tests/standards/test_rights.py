"""Rows of law on a shopper's rights, each as what she sees and what follows at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.rights import RIGHTS, Right
from ethical_personalization.models import ConsentEvent, Purpose, RestrictionEvent, Subject
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.testing import consent_given, nothing_kept, registered
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db
BUTTONS = {
    Right.WITHDRAW: {"Yes", "No"},
    Right.OBJECT: {"No objection", "I object"},
}
BASES = [
    ("stated", LawfulBasis.CONSENT, Right.WITHDRAW),
    ("service", LawfulBasis.LEGITIMATE_INTEREST, Right.OBJECT),
    ("delivery", LawfulBasis.CONTRACT, None),
]


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


def permitted(visitor, rf):
    """What the next page of the visitor would use."""
    request = rf.get("/", headers={"host": "localhost"})
    request.COOKIES = {name: morsel.value for name, morsel in visitor.client.cookies.items()}
    return Shopper(request).permitted


def labels(visitor, key):
    card = visitor.opens().page.find(id=f"choice-{key}")
    return {label.get_text(strip=True) for label in card.select("label")} if card else set()


@pytest.mark.parametrize(
    ("basis", "rights"),
    [
        (LawfulBasis.CONSENT, {"7(3)", "18", "20"}),
        (LawfulBasis.LEGITIMATE_INTEREST, {"18", "21"}),
        (LawfulBasis.CONTRACT, {"18", "20"}),
    ],
)
def test_gdpr_6_rights_follow_the_basis(basis, rights):
    assert RIGHTS[basis] == rights


@pytest.mark.parametrize(("key", "basis", "right"), BASES)
def test_gdpr_6_preference_center_offers_exactly_the_rights_of_the_basis(
    visitor, key, basis, right
):
    assert {RIGHTS[basis] & set(BUTTONS)} == {frozenset({right} - {None})}
    assert labels(visitor, key) == BUTTONS.get(right, set())


def test_gdpr_7_3_taking_back_takes_as_many_steps_as_giving(visitor, rf, site):
    visitor.opens().presses("Allow all").follows()
    assert permitted(visitor, rf) >= {"stated", "orders"}
    visitor.presses("Refuse all")
    assert permitted(visitor, rf) == {"delivery"}
    assert permitted_now(Subject.objects.get().pk, site) == {"delivery"}


def test_gdpr_8_who_is_under_age_is_offered_no_profiling(visitor):
    visitor.opens().presses("I am under 16").follows()
    assert not visitor.page.select("#choices input")
    assert "choice-orders" not in visitor.response.text
    body = {"where": "center", "answer": "some", "choice-orders": "yes"}
    answer = visitor.client.post(reverse("ethical_personalization:choices"), body)
    assert answer.status_code == 400


def test_gdpr_8_saying_so_takes_back_what_makes_a_profile_and_keeps_no_birthday(visitor, rf):
    visitor.opens().presses("Allow all").follows()
    visitor.presses("I am under 16", ticks=[("year", str(timezone.localdate().year + 1))])
    assert permitted(visitor, rf) == {"delivery"}
    subject = Subject.objects.get()
    until = timezone.localtime(subject.under_age_until)
    assert (until.year, until.month, until.day) == (timezone.localdate().year + 2, 1, 1)
    statuses = ConsentEvent.objects.filter(subject=subject).values_list("status", flat=True)
    assert set(statuses) == {"given", "withdrawn", "objected"}
    assert "16" not in str(ConsentEvent.objects.last().notice.words)


def test_gdpr_8_birthday_opens_nothing_without_a_new_choice(visitor, rf):
    visitor.opens().presses("Allow all").follows()
    visitor.presses("I am under 16")
    yesterday = timezone.now() - timedelta(days=1)
    Subject.objects.update(under_age_until=yesterday)
    assert permitted(visitor, rf) == {"delivery"}
    assert labels(visitor, "stated") == {"Yes", "No"}
    visitor.presses("Allow all")
    assert "stated" in permitted(visitor, rf)


def test_gdpr_18_one_click_pauses_every_basis_and_one_lets_it_go_on(visitor, rf, site):
    subject = consent_given(visitor.client, "stated", "orders")
    before = permitted(visitor, rf)
    visitor.opens().presses("Until I say so").follows()
    assert permitted(visitor, rf) == frozenset()
    assert permitted_now(subject.pk, site) == frozenset()
    assert "Everything is paused since" in visitor.text
    visitor.presses("Let my choices hold again")
    assert permitted(visitor, rf) == permitted_now(subject.pk, site) == before
    assert [event.is_restricted for event in RestrictionEvent.objects.all()] == [True, False]


def test_gdpr_18_while_it_is_paused_nothing_is_read(visitor):
    def forbidden(source):
        raise AssertionError("read while paused")

    fact = Fact(
        key="orders.secret",
        label="Your secret",
        kind=FactKind.SET,
        purpose="orders",
        data_category="Purchase",
        source="From the test.",
        reader=forbidden,
        sentence=lambda evidence, values: values,
        change_at="secrets",
    )
    consent_given(visitor.client, "orders")
    visitor.opens().presses("Until I say so")
    with registered(fact):
        visitor.opens()
    assert "Not read, because you paused everything" in visitor.text
    assert visitor.page.find(id="secrets") is None


def test_gdpr_21_objecting_stops_it_in_pages_and_jobs(visitor, rf, site):
    subject = consent_given(visitor.client, "stated")
    assert "service" in permitted(visitor, rf)
    visitor.opens().presses("Save my choices", ticks=[("choice-service", "no")]).follows()
    assert "service" not in permitted(visitor, rf)
    assert "service" not in permitted_now(subject.pk, site)
    assert "You objected on" in visitor.page.find(id="choice-service").get_text()
    assert ConsentEvent.objects.last().status == "objected"


def test_gdpr_21_signal_of_the_browser_is_an_objection(visitor):
    consent_given(visitor.client, "stated")
    visitor.client.defaults["HTTP_SEC_GPC"] = "1"
    card = visitor.opens().page.find(id="choice-service")
    assert "Off in this browser" in card.get_text()
    assert not card.select("input[checked]")


def test_gdpr_25_2_fresh_shop_personalises_nothing(client, user, rf):
    client.force_login(user)
    with nothing_kept(client):
        assert client.get(reverse("catalogue:index")).status_code == 200
    assert permitted(Visitor(client), rf) == frozenset()
    assert not Purpose.objects.filter(honours_gpc=False).exists()
    assert not Visitor().opens().page.select("#choices input[checked]")


def test_gdpr_25_2_no_purpose_has_a_field_for_preselected():
    fields = {field.name for field in Purpose._meta.get_fields()}
    assert not [name for name in fields if "default" in name or "preselect" in name]
