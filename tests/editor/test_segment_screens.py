"""The list, copying, deleting, adopting, choosing."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment

from ethical_personalization.editor.adoption import adopt_segments
from ethical_personalization.models import FactRule, SegmentPolicy
from tests.editor.conftest import DESK, MANY_ORDERS, STYLES
from tests.editor.forms import fields_of, text_of

pytestmark = pytest.mark.django_db

#: Queries of Wagtail's status column for each row: is it scheduled, is it in a workflow.
WAGTAILS_OWN = 2


@pytest.fixture
def variant(policy, home):
    PersonalisablePageMetadata.objects.create(canonical_page=home, variant=home)
    page = home.copy(update_attrs={"slug": "start-2", "title": "Home (Romantic)"})
    PersonalisablePageMetadata.objects.filter(variant=page).delete()
    PersonalisablePageMetadata.objects.create(
        canonical_page=home, variant=page, segment=policy.segment
    )
    return page


def test_the_list_says_what_a_segment_uses_and_needs(policy, desk, allow):
    allow(2, "stated")
    text = text_of(desk.get(f"{DESK}/segments/"))
    assert "Which styles do you like?" in text
    assert "What you tell us (2 allow it)" in text
    assert "live" in text


def test_the_list_says_what_is_wrong(policy, desk, styles):
    styles.delete()
    text = text_of(desk.get(f"{DESK}/segments/"))
    assert "A rule can't be used: “stated.styles” has at least one of romantic" in text


def test_our_columns_cost_the_same_for_many_segments(policy, save, desk):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"{DESK}/segments/")
        return len(captured)

    queries()
    one = queries()
    for number in range(3):
        save(STYLES, name=f"More {number}", shopper_benefit="Nice things.")
    queries()
    assert queries() - one == 3 * WAGTAILS_OWN


def test_the_list_can_be_searched(policy, desk):
    assert "Romantic" in text_of(desk.get(f"{DESK}/segments/?q=roman"))
    assert "Romantic" not in text_of(desk.get(f"{DESK}/segments/results/?q=sporty"))


def test_a_copy_leaves_the_source_as_it_is(policy, desk):
    url = f"{DESK}/segments/copy/{policy.pk}/"
    fields = fields_of(desk.get(url))
    assert fields["name"] == ["Copy of Romantic"]
    for target in (url, f"{DESK}/segments/add/"):
        desk.post(target, fields | {"action-publish": "1"})
    assert sorted(SegmentPolicy.objects.values_list("name", flat=True)) == [
        "Copy of Romantic",
        "Copy of Romantic",
        "Romantic",
    ]
    assert FactRule.objects.values("segment").distinct().count() == 3


def test_deleting_asks_and_takes_the_segment_and_its_rules_along(policy, desk):
    url = f"{DESK}/segments/delete/{policy.pk}/"
    assert "This can't be undone" in text_of(desk.get(url))
    assert desk.post(url).status_code == 302
    assert not Segment.objects.exists()
    assert not FactRule.objects.exists()


def test_a_segment_with_page_versions_is_not_deleted(policy, desk, variant):
    url = f"{DESK}/segments/delete/{policy.pk}/"
    page = BeautifulSoup(desk.get(url).content, "html.parser")
    assert page.find("a", string="Home (Romantic)")
    assert page.find("button", string="Yes, delete") is None
    response = desk.post(url)
    assert "Not deleted" in text_of(response)
    assert SegmentPolicy.objects.filter(pk=policy.pk).exists()


def test_a_policy_deleted_in_code_leaves_no_segment_that_is_shown(policy, variant):
    policy.delete()
    assert Segment.objects.get().status == "disabled"


def test_deleting_a_segment_in_code_takes_the_policy_along(policy):
    policy.segment.delete()
    assert not SegmentPolicy.objects.exists()


def test_segments_from_before_are_adopted_once_and_unchanged(host_segment):
    before = Segment.objects.values().get()
    assert adopt_segments() == 1
    assert adopt_segments() == 0
    policy = SegmentPolicy.objects.get()
    assert (policy.name, policy.live, policy.has_unpublished_changes) == (
        "From before",
        True,
        False,
    )
    assert policy.live_revision == policy.latest_revision is not None
    assert Segment.objects.values().get() == before
    assert FactRule.objects.count() == 1


def test_a_disabled_segment_is_adopted_as_a_draft(host_segment):
    host_segment.status = "disabled"
    host_segment.save()
    adopt_segments()
    assert not SegmentPolicy.objects.get().live


def test_an_adopted_segment_can_be_edited(host_segment, desk, save):
    adopt_segments()
    policy = SegmentPolicy.objects.get()
    save(MANY_ORDERS, policy=policy)
    assert FactRule.objects.get().fact == "orders.count"
    assert FactRule.objects.get().segment == host_segment


def test_a_list_of_members_is_explained_and_ends_with_publishing_but_a_share_stays(
    host_segment, desk, save
):
    host_segment.type, host_segment.randomisation_percent = "static", 20
    host_segment.save()
    adopt_segments()
    policy = SegmentPolicy.objects.get()
    text = text_of(desk.get(f"{DESK}/segments/edit/{policy.pk}/"))
    assert "fixed list of members" in text
    assert "20 in 100" in text
    save(STYLES, policy=policy)
    host_segment.refresh_from_db()
    assert (host_segment.type, host_segment.randomisation_percent) == ("dynamic", 20)


@pytest.mark.parametrize("screen", ["history", "usage", "delete", "edit", "copy"])
def test_every_screen_of_a_segment_opens(policy, desk, screen):
    assert desk.get(f"{DESK}/segments/{screen}/{policy.pk}/").status_code == 200


def test_the_chooser_offers_segments_live_or_not(policy, save, desk):
    save(MANY_ORDERS, name="Regulars", action=None)
    response = desk.get("/admin/snippets/choose/wagtail_personalisation/segment/")
    assert response.status_code == 200
    html = response.json()["html"]
    assert "Romantic" in html
    assert "Regulars" in html
    assert "Not published" in html


def test_a_chosen_segment_links_to_its_policy(policy, desk):
    url = "/admin/snippets/choose/wagtail_personalisation/segment/chosen/"
    chosen = desk.get(f"{url}{policy.segment_id}/").json()["result"]
    assert chosen["string"] == "Romantic"
    response = desk.get(chosen["edit_url"])
    assert response.url == f"{DESK}/segments/edit/{policy.pk}/"
