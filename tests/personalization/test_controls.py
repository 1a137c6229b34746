"""Every control has its effect on the next response, in every placement and every worker."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.template import Context, Template
from django.utils import timezone

from ethical_personalization.core.instructions import Instructions
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.registry import placements
from ethical_personalization.models import PreferenceQuestion, SealedRecord
from ethical_personalization.personalization.recommendations import recommend
from ethical_personalization.shopper.instructions import Part, leave_out, take_back
from ethical_personalization.shopper.jobs import instructions_now
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.testing import as_a_new_worker
from ethical_personalization.transparency.controls import control_context
from ethical_personalization.transparency.items import item_context
from ethical_personalization.transparency.widget import why_context
from tests.preferences.visitor import SAME_ORIGIN

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TAGS = {
    "region": '{% load ethical_personalization %}{% personalized "hero" %}Yours{% default %}'
    "All{% endpersonalized %}",
    "tag of the host": '{% load wagtail_personalisation_tags %}{% segment name="Dresses" %}'
    "Yours{% endsegment %}",
}


@pytest.fixture
def listed(client, request_of, allow):
    """Titles of her list on the next response, in a worker that knows nothing of the one before."""

    def titles(limit=4):
        as_a_new_worker()
        found = recommend(request_of(), "list", limit=limit)
        return [product.title for product in found.products] if found.is_personal else None

    titles.subject = allow(client, "stated", styles=["romantic", "minimal"])
    return titles


@pytest.fixture
def say(listed):
    def say(part, key, **more):
        leave_out(listed.subject.pk, part, str(key), now=NOW, **more)

    return say


def test_hidden_product_is_gone_and_the_next_best_takes_its_place(listed, say, catalogue):
    first, _second = [catalogue(name, style="romantic") for name in ("Old", "New")]
    before = listed()
    assert before == ["New", "Old"]
    say(Part.HIDDEN, first.pk)
    assert listed() == ["New"]
    take_back(listed.subject.pk, Part.HIDDEN, str(first.pk))
    assert listed() == before


def test_muted_brand_is_in_no_list_with_all_of_its_sizes(listed, say, catalogue):
    catalogue("Plain", style="romantic", brand="Other")
    parent = catalogue("Parent", style="romantic", stock=None)
    parent.structure = "parent"
    parent.save()
    catalogue("Size M", parent=parent, size="M", brand="Atelier")
    assert listed() == ["Parent", "Plain"]
    say(Part.BRANDS, "Atelier")
    assert listed() == ["Plain"]


def test_muted_category_is_in_no_list_with_what_is_below_it(listed, say, catalogue):
    clothes = catalogue.category("Clothes")
    dresses = catalogue.category("Dresses", clothes)
    catalogue("Dress", style="romantic", categories=[dresses])
    catalogue("Bag", style="romantic", categories=[catalogue.category("Bags")])
    say(Part.CATEGORIES, clothes.pk)
    assert listed() == ["Bag"]


def test_less_puts_what_is_alike_behind_the_rest(client, listed, catalogue):
    catalogue("Minimal", style="minimal")
    romantic = [catalogue(f"Romantic {number}", style="romantic") for number in (1, 2)]
    assert listed() == ["Romantic 2", "Romantic 1", "Minimal"]
    body = {"control": "less", "value": romantic[0].pk}
    client.post("/preferences/control/", body, headers=SAME_ORIGIN)
    assert listed() == ["Minimal", "Romantic 2"]
    client.post("/preferences/control/", {**body, "control": "as-before"}, headers=SAME_ORIGIN)
    assert listed() == ["Romantic 2", "Romantic 1", "Minimal"]


def test_list_of_which_everything_is_hidden_is_the_one_of_everybody(listed, say, catalogue):
    say(Part.HIDDEN, catalogue("Only", style="romantic").pk)
    assert listed() is None


def test_instructions_that_can_not_be_opened_leave_the_default(listed, say, catalogue):
    say(Part.HIDDEN, catalogue("One", style="romantic").pk)
    catalogue("Two", style="romantic")
    SealedRecord.objects.filter(name="instructions").update(ciphertext=b"x" * 40)
    assert listed() is None


@pytest.fixture
def bought(client, catalogue, order, user, allow, segment):
    """A customer whose orders fill a placement, and what she can leave out of it."""
    dresses = catalogue.category("Dresses")
    product = catalogue("Dress", brand="Atelier", categories=[dresses])
    line = order(product).lines.get()
    subject = allow(client, "orders", user=user)
    rules = [("orders.categories", "any_of", [str(dresses.pk)])]
    made = segment("Dresses", *rules, placements=["hero"])
    return {"subject": subject, "line": line, "category": dresses, "segment": made}


@pytest.fixture
def customer(request_of, user):
    """Requests of the account, each with its session as a browser carries it."""

    def make():
        request = request_of(user=user)
        request.session = SessionStore("demo-session")
        return request

    return make


@pytest.mark.parametrize("part", [Part.LINES, Part.CATEGORIES])
@pytest.mark.parametrize("template", TAGS.values(), ids=TAGS)
def test_what_is_left_out_is_no_reason_in_any_part_of_a_page(customer, bought, part, template):
    def shown():
        as_a_new_worker()
        with placements.temporarily(Placement(key="hero", title="Hero")):
            request = customer()
            return "Yours" in Template(template).render(Context({"request": request}))

    key = str((bought["line"] if part is Part.LINES else bought["category"]).pk)
    assert shown()
    leave_out(bought["subject"].pk, part, key, now=NOW)
    assert not shown()
    take_back(bought["subject"].pk, part, key)
    assert shown()


@pytest.mark.parametrize("part", [Part.LINES, Part.CATEGORIES])
def test_what_is_left_out_is_no_reason_for_a_page_version(client, landing, bought, variant, part):
    variant(landing, bought["segment"], opening="Only for you")
    key = str((bought["line"] if part is Part.LINES else bought["category"]).pk)
    assert "Only for you" in client.get("/linen/").content.decode()
    leave_out(bought["subject"].pk, part, key, now=NOW)
    as_a_new_worker()
    assert "Only for you" not in client.get("/linen/").content.decode()
    take_back(bought["subject"].pk, part, key)
    assert "Only for you" in client.get("/linen/").content.decode()


def test_no_order_fact_reads_a_line_that_was_left_out(customer, bought):
    leave_out(bought["subject"].pk, Part.LINES, str(bought["line"].pk), now=NOW)
    facts = shopper_for(customer()).facts
    assert facts.read("orders.categories").value == frozenset()
    assert facts.read("orders.brands").value == frozenset()
    for number in ("orders.count", "orders.is_first", "orders.days_since_last"):
        assert not facts.read(number).is_known, number


def test_order_with_another_line_still_counts(customer, bought, order, catalogue):
    order(catalogue("Bag"))
    both = bought["line"].order
    bought["line"].pk = None
    bought["line"].save()
    leave_out(bought["subject"].pk, Part.LINES, str(both.lines.first().pk), now=NOW)
    assert shopper_for(customer()).facts.read("orders.count").value == 2


def test_line_that_was_left_out_does_not_say_that_she_bought_nothing(customer, bought, segment):
    rules = [("orders.categories", "any_of", [str(bought["category"].pk)], True)]
    segment("Not yet", *rules, placements=["hero"])
    leave_out(bought["subject"].pk, Part.LINES, str(bought["line"].pk), now=NOW)
    with placements.temporarily(Placement(key="hero", title="Hero")):
        request = customer()
        page = Template(TAGS["region"]).render(Context({"request": request}))
    assert page == "All"


def test_job_is_told_at_each_use_what_to_leave_out(bought):
    subject = bought["subject"]
    assert instructions_now(subject.pk) == Instructions()
    leave_out(subject.pk, Part.HIDDEN, "7", now=NOW)
    assert instructions_now(subject.pk).hidden == {7}
    take_back(subject.pk, Part.HIDDEN, "7")
    assert instructions_now(subject.pk) == Instructions()


def test_job_that_can_not_read_them_is_told_to_use_nothing(bought):
    leave_out(bought["subject"].pk, Part.HIDDEN, "7", now=NOW)
    SealedRecord.objects.filter(name="instructions").update(ciphertext=b"x" * 40)
    assert instructions_now(bought["subject"].pk) is None


def test_what_is_said_before_the_click_on_a_list_is_what_remains_of_it(
    client, request_of, allow, catalogue
):
    PreferenceQuestion.objects.create(
        key="brands", title="Which brands?", source="attribute", attribute_code="brand", weight=3
    )
    subject = allow(client, "stated", styles=["romantic"], brands=["Atelier"])
    catalogue("Both", style="romantic", brand="Atelier")
    catalogue("Style", style="romantic", brand="Other")
    catalogue("Brand", style="sporty", brand="Atelier")

    def listed():
        as_a_new_worker()
        return recommend(request_of(), "list", limit=4)

    before = listed()
    told = control_context(request_of(), before.explained)
    (mute,) = told["mutes"]
    assert mute.remaining == ("For other reasons, 1 of these 3 products would still be listed.")
    assert told["off"].remaining == ""
    grounds = {line.key: line for line in why_context(request_of(), before.explained)["grounds"]}
    assert "2 of these 3 products" in grounds["stated.brands"].remaining
    assert "2 of these 3 products" in grounds["stated.styles"].remaining
    leave_out(subject.pk, Part.BRANDS, "Atelier", now=NOW)
    after = listed()
    assert [product.title for product in after.products] == ["Style"]
    corner = item_context(request_of(), after.explained, after.products[0])["on_the_spot"]
    assert (corner["alike"], corner["last"]) == (False, True)
    first = item_context(request_of(), before.explained, before.products[0])["on_the_spot"]
    assert (first["alike"], first["last"]) == (True, False)
