"""The parts of pages: the tag, the block, its REST form."""

import json

import pytest
from wagtail.search import index

TAG = b"tag for friends"


def teaser(segment, text):
    return {"type": "teaser", "value": {"segment": str(segment), "text": text}}


@pytest.fixture
def body(linen):
    """Fill the page with teasers: (segment's primary key, text)."""

    def make(*teasers):
        linen.body = json.dumps([teaser(*each) for each in teasers])
        linen.save()

    return make


def test_tag_shows_nothing_to_who_does_not_belong(member, linen, segment):
    segment(persistent=True, logged_in=False)
    assert TAG not in member.get("/linen/").content


def test_tag_shows_its_content_to_who_belongs(member, linen, segment):
    segment()
    assert TAG in member.get("/linen/").content


def test_tag_means_every_segment_of_its_name(member, linen, segment):
    segment(logged_in=False)
    segment()
    assert TAG in member.get("/linen/").content


def test_tag_says_why(member, linen, segment):
    segment()
    html = member.get("/linen/").content
    assert b"Why am I seeing this?" in html[html.index(TAG) :]


def test_block_says_why(member, segment, body):
    body((segment(name="Others").pk, "for friends"))
    html = member.get("/linen/").content
    assert b"Why am I seeing this?" in html[html.index(b"for friends") :]


def test_block_without_request_shows_what_is_for_everybody(visitor, segment, body):
    body((segment().pk, "for friends"), (-1, "for all"))
    response = visitor.get("/feed/")
    assert response.status_code == 200
    assert b"for all" in response.content
    assert b"for friends" not in response.content


def test_rest_form_holds_what_the_requester_may_see(visitor, linen, segment, body):
    body((segment().pk, "for friends"), (-1, "for all"))
    found = visitor.get(f"/api/pages/{linen.pk}/").json()["body"]
    assert [each["value"] and each["value"]["text"] for each in found] == [None, "for all"]


def test_search_finds_no_block_of_a_segment(visitor, linen, segment, body):
    body((segment().pk, "sekret"), (-1, "public"))
    index.insert_or_update_object(linen)
    assert visitor.get("/search/", {"q": "public"}).json() == {"titles": ["Linen"]}
    assert visitor.get("/search/", {"q": "sekret"}).json() == {"titles": []}
