"""Which version of a page is served to whom, and where it shows up."""

from wagtail.models import PageViewRestriction
from wagtail.search import index

#: Every probe sees first that the variant is served where it should be.
FRIENDS = b"For friends"


def test_password_of_the_page_is_asked_before_its_variant(member, linen, segment, variant):
    variant(linen, segment())
    assert FRIENDS in member.get("/linen/").content
    PageViewRestriction.objects.create(page=linen, restriction_type="password", password="x")
    assert FRIENDS not in member.get("/linen/").content


def test_login_to_the_page_is_asked_before_its_variant(guest, linen, segment, variant):
    variant(linen, segment(logged_in=False))
    assert FRIENDS in guest.get("/linen/").content
    PageViewRestriction.objects.create(page=linen, restriction_type="login")
    assert FRIENDS not in guest.get("/linen/").content


def test_unpublished_variant_is_not_served(member, linen, segment, variant):
    made = variant(linen, segment())
    assert FRIENDS in member.get("/linen/").content
    made.unpublish()
    assert FRIENDS not in member.get("/linen/").content


def test_draft_is_not_served(member, linen, segment, variant):
    variant(linen, segment(), live=False)
    assert FRIENDS not in member.get("/linen/").content


def test_served_variant_bears_address_and_title_of_its_page(member, linen, segment, variant):
    variant(linen, segment())
    html = member.get("/linen/").content
    assert FRIENDS in html
    assert b"<title>Linen</title>" in html
    assert b'href="http://testserver/linen/"' in html


def test_own_address_of_a_variant_leads_to_the_page(visitor, linen, segment, variant):
    made = variant(linen, segment())
    response = visitor.get(made.url)
    assert (response.status_code, response.headers.get("Location")) == (302, "/linen/")


def test_menu_names_the_page_once(visitor, home, linen, segment, variant):
    variant(linen, segment())
    assert visitor.get("/").content.count(b">Linen") == 1


def test_published_draft_does_not_come_back_into_the_menu(visitor, home, linen, segment, variant):
    made = variant(linen, segment())
    made.show_in_menus = True
    made.save_revision().publish()
    assert visitor.get("/").content.count(b">Linen") == 1


def test_search_finds_the_page_and_not_its_variant(visitor, linen, segment, variant):
    made = variant(linen, segment(), intro="Sekret words")
    for page in (linen, made):
        index.insert_or_update_object(page)
    assert visitor.get("/search/", {"q": "linen"}).json() == {"titles": ["Linen"]}
    assert visitor.get("/search/", {"q": "sekret"}).json() == {"titles": []}


def test_sitemap_names_pages_without_storing_anything(visitor, home, linen, rows):
    assert visitor.get("/sitemap.xml").content.count(b"/linen/") == 1
    assert rows() == 0


def test_sitemap_names_the_page_and_not_its_variant(visitor, linen, segment, variant, rows):
    made = variant(linen, segment())
    before = rows()
    addresses = visitor.get("/sitemap.xml").content
    assert addresses.count(b"/linen/") == 1
    assert made.url.encode() not in addresses
    assert rows() == before  # the home page has no row, and needs none to be named


def test_editor_says_which_variant_wins(member, linen, segment, variant, prioritise):
    older, newer = segment(), segment(name="Best friends")
    prioritise(older, 20)
    prioritise(newer, 10)
    variant(linen, older)
    variant(linen, newer, intro="For best friends")
    assert b"For best friends" in member.get("/linen/").content


def test_random_share_is_drawn_once(member, linen, segment, variant):
    variant(linen, segment(randomisation_percent=50))
    seen = {FRIENDS in member.get("/linen/").content for _count in range(20)}
    assert len(seen) == 1
