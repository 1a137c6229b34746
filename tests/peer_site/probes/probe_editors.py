"""What editors meet in Wagtail's admin and userbar, and what others can do there."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

FRIENDS = b"For friends"


def test_page_can_be_edited(staff, linen):
    assert staff.get(reverse("wagtailadmin_pages:edit", args=[linen.pk])).status_code == 200


def test_page_can_be_added(staff, linen):
    url = reverse("wagtailadmin_pages:add", args=["peer_site", "shoppage", linen.pk])
    assert staff.get(url).status_code == 200


def test_page_with_the_userbar_can_be_seen(staff, plain, segment):
    segment()
    response = staff.get("/plain/")
    assert response.status_code == 200
    assert b"Friends" in response.content


def test_name_of_a_segment_is_text_in_the_userbar(staff, plain, segment):
    segment(name="<b>Friends</b>")
    html = staff.get("/plain/").content
    assert b"&lt;b&gt;Friends" in html
    assert b"<b>Friends" not in html


def test_path_is_text_in_the_userbar(staff, plain, segment):
    segment()
    html = staff.get('/shelf/"><b>linen</b>/').content
    assert b"Friends" in html
    assert b"<b>linen" not in html


def test_explorer_stores_nothing(staff, home, linen, rows):
    assert staff.get(reverse("wagtailadmin_explore", args=[home.pk])).status_code == 200
    assert rows() == 0


def test_preview_of_garbage_is_the_page(staff, linen):
    assert staff.get("/linen/?segment=abc").status_code == 200


def test_preview_shows_no_disabled_segment(staff, linen, segment, variant):
    made = segment(status="disabled", logged_in=False)
    variant(linen, made)
    assert FRIENDS not in staff.get(f"/linen/?segment={made.pk}").content


def test_preview_ends_with_its_page(staff, linen, segment, variant):
    made = segment(persistent=True, logged_in=False)
    variant(linen, made)
    assert FRIENDS in staff.get(f"/linen/?segment={made.pk}").content
    assert FRIENDS not in staff.get("/linen/").content


def test_preview_is_marked_and_kept_by_no_cache(staff, linen, segment, variant):
    made = segment(logged_in=False)
    variant(linen, made)
    response = staff.get(f"/linen/?segment={made.pk}")
    assert "no-store" in response.headers.get("Cache-Control", "")
    assert "Preview: what shoppers in “Friends” see" in response.content.decode()


def test_looking_does_not_switch_a_segment(staff, segment):
    made = segment()
    staff.get(reverse("segment:toggle", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == "enabled"


def test_who_may_only_enter_switches_nothing(helper, segment):
    made = segment()
    helper.post(reverse("segment:toggle", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == "enabled"


def test_switch_leads_nowhere_else(staff, segment):
    url = reverse("segment:toggle", args=[segment().pk])
    response = staff.get(url, headers={"Referer": "https://evil.example/"})
    assert "evil" not in response.headers.get("Location", "")


def test_looking_does_not_copy_a_page(staff, linen, segment):
    before = Page.objects.count()
    staff.get(reverse("segment:copy_page", args=[linen.pk, segment().pk]))
    assert Page.objects.count() == before


def test_who_may_only_enter_copies_nothing(helper, linen, segment):
    before = Page.objects.count()
    helper.post(reverse("segment:copy_page", args=[linen.pk, segment().pk]))
    assert Page.objects.count() == before


def test_view_of_segments_can_be_switched_first_thing(staff, segment):
    response = staff.get(reverse("segment:toggle_segment_view"))
    assert response.status_code in (200, 302)


def test_members_are_not_handed_out(helper, segment):
    made = segment(type="static", count=5)
    made.static_users.add(get_user_model().objects.create_user("+1+2", "t@example.com", "x"))
    response = helper.get(reverse("segment:segment_user_data", args=[made.pk]))
    assert b"+1+2" not in response.content


def test_date_of_enabling_is_kept(segment):
    assert segment().enable_date is not None


def test_host_asks_for_no_migration(db):
    call_command("makemigrations", "wagtail_personalisation", check_changes=True, dry_run=True)
