"""Page variants through real requests."""

import pytest
from wagtail.models import PageViewRestriction

from ethical_personalization.models import ConsentEvent

pytestmark = pytest.mark.django_db


def body(client, path="/", **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_variant_is_served_with_its_reason(client, home, romantic, variant, allow):
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    page = body(client)
    assert "Ruffles for you" in page
    assert "You told us you like the style romantic." in page


def test_visitor_without_choice_gets_the_default_and_no_widget(client, home, romantic, variant):
    variant(home, romantic, "Ruffles for you")
    page = body(client)
    assert "For everybody" in page
    assert "ep-why" not in page.replace("ep-why.js", "")


def test_answers_without_permission_are_not_used(client, home, romantic, variant, allow):
    variant(home, romantic, "Ruffles for you")
    allow(client, "orders", styles=["romantic"])
    assert "Ruffles for you" not in body(client)


def test_withdrawal_takes_effect_on_the_next_response(client, home, romantic, variant, allow):
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    assert "Ruffles for you" in body(client)
    client.post(
        "/preferences/choices/",
        {"where": "center", "answer": "some", "choice-stated": "no"},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert ConsentEvent.objects.filter(status="withdrawn").exists()
    assert "Ruffles for you" not in body(client)


def test_unpublished_variant_is_not_served(client, home, romantic, variant, allow):
    variant(home, romantic, "Ruffles for you", live=False)
    allow(client, "stated", styles=["romantic"])
    assert "For everybody" in body(client)


def test_disabled_segment_is_not_served(client, home, romantic, variant, allow):
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    romantic.toggle()
    assert "For everybody" in body(client)


def test_lowest_priority_number_wins(client, home, segment, variant, allow):
    rule = ("stated.styles", "any_of", ["romantic"])
    variant(home, segment("Later", rule, priority=20), "Second choice")
    variant(home, segment("First", rule, priority=10), "First choice")
    allow(client, "stated", styles=["romantic"])
    assert "First choice" in body(client)


def test_own_address_of_a_variant_leads_to_the_page(client, landing, romantic, variant):
    copy = variant(landing, romantic)
    response = client.get(copy.get_url())
    assert response.status_code == 302
    assert response["Location"].endswith("/linen/")


def test_variant_stands_under_the_address_and_title_of_its_page(
    client, landing, romantic, variant, allow
):
    copy = variant(landing, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    page = body(client, "/linen/")
    assert "Ruffles for you" in page
    assert "Linen (Romantic)" not in page
    copy.refresh_from_db()
    assert copy.title == "Linen (Romantic)"


def test_password_of_the_page_is_asked_before_its_variant(
    client, landing, romantic, variant, allow
):
    variant(landing, romantic, "Ruffles for you")
    PageViewRestriction.objects.create(
        page=landing, restriction_type="password", password="demo-word"
    )
    allow(client, "stated", styles=["romantic"])
    assert "Ruffles for you" not in body(client, "/linen/")


def test_protected_variant_leaves_the_page_as_it_is(client, landing, romantic, variant, allow):
    copy = variant(landing, romantic, "Ruffles for you")
    PageViewRestriction.objects.create(page=copy, restriction_type="login")
    allow(client, "stated", styles=["romantic"])
    assert "For everybody" in body(client, "/linen/")


def test_variant_that_was_moved_keeps_what_protects_it_there(
    client, landing, romantic, variant, allow
):
    copy = variant(landing, romantic, "Ruffles for you")
    members = landing.add_child(instance=type(landing)(title="Members", slug="members"))
    copy.move(members, "last-child")
    allow(client, "stated", styles=["romantic"])
    assert "Ruffles for you" in body(client, "/linen/")
    PageViewRestriction.objects.create(page=members, restriction_type="login")
    assert "For everybody" in body(client, "/linen/")


def test_normal_version_is_shown_on_request_with_the_way_back(
    client, home, romantic, variant, allow
):
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    page = body(client, f"/?ep-normal=page-{home.pk}")
    assert "For everybody" in page
    assert "Ruffles for you" not in page
    assert "ep-why" in page


def test_personal_response_is_kept_out_of_shared_caches(client, home, romantic, variant, allow):
    variant(home, romantic)
    allow(client, "stated", styles=["romantic"])
    response = client.get("/")
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_visit_stores_nothing_about_who_allowed_nothing(client, home, romantic, variant):
    variant(home, romantic)
    response = client.get("/")
    assert not response.cookies
    assert "segments" not in client.session
    assert "visit_count" not in client.session
