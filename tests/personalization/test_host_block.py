"""wagtail-personalisation's ``PersonalisedStructBlock``, mended."""

import pytest
from wagtail import blocks
from wagtail_personalisation.blocks import PersonalisedStructBlock

pytestmark = pytest.mark.django_db


class TeaserBlock(PersonalisedStructBlock):
    text = blocks.CharBlock()


@pytest.fixture
def block():
    return TeaserBlock()


@pytest.fixture
def fan(client, allow, romantic, request_of):
    """The context of a shopper who belongs to the segment."""
    allow(client, "stated", styles=["romantic"])
    return {"request": request_of()}


def teaser(block, segment):
    return block.to_python({"segment": segment and str(segment), "text": "Ruffles"})


def test_block_is_shown_with_its_reason(fan, block, romantic):
    html = block.render(teaser(block, romantic.pk), fan)
    assert "Ruffles" in html
    assert "You told us you like the style romantic." in html


def test_block_for_everybody_needs_no_request_and_no_reason(block):
    for context in (None, {}, {"request": None}):
        html = block.render(teaser(block, -1), context)
        assert "Ruffles" in html
        assert "ep-why" not in html


@pytest.mark.parametrize("chosen", [None, "", "x", 999999])
def test_block_for_nobody_is_not_shown(fan, block, chosen):
    assert block.render(teaser(block, chosen), fan) == ""


def test_block_of_another_segment_is_not_shown(fan, block, segment):
    other = segment("Classic", ("stated.styles", "any_of", ["classic"]))
    assert block.render(teaser(block, other.pk), fan) == ""


def test_rest_form_is_filtered_and_says_why(fan, block, romantic, rf):
    value = teaser(block, romantic.pk)
    assert block.get_api_representation(value, {"request": rf.get("/")}) is None
    assert block.get_api_representation(value) is None
    told = block.get_api_representation(value, fan)
    assert told["text"] == "Ruffles"
    assert "You told us you like the style romantic." in told["personalization_reason"]


def test_rest_form_of_what_is_for_everybody_stays_as_it_was(block):
    told = block.get_api_representation(teaser(block, -1))
    assert told == {"segment": -1, "text": "Ruffles"}


def test_search_knows_only_what_is_for_everybody(block, romantic):
    assert "Ruffles" in block.get_searchable_content(teaser(block, -1))
    assert block.get_searchable_content(teaser(block, romantic.pk)) == []
