"""Blocks, template parts and product lists, beyond the contract that all of them keep."""

import json
from dataclasses import replace

import pytest
from django.template import Context, Template
from wagtail import blocks

from ethical_personalization.core.registry import facts
from ethical_personalization.models import SensitiveCategory
from ethical_personalization.personalization.blocks import PersonalizedBlock
from ethical_personalization.personalization.recommendations import recommend

pytestmark = pytest.mark.django_db
TAG = """{% load ethical_personalization %}{% personalized "hero" %}Yours{% why decision %}
{% default %}For all{% endpersonalized %}"""


def rendered(request, template=TAG):
    return Template(template).render(Context({"request": request}))


def test_tag_without_default_shows_nothing_instead(request_of):
    template = (
        '{% load ethical_personalization %}{% personalized "hero" %}Yours{% endpersonalized %}'
    )
    assert rendered(request_of(), template) == ""


@pytest.fixture
def block():
    return PersonalizedBlock(blocks.CharBlock())


def value_of(block, *versions):
    return block.to_python(
        {
            "default": "For all",
            "versions": [
                {"segment": segment.pk, "content": content} for segment, content in versions
            ],
        }
    )


def test_block_of_a_deleted_segment_is_for_everybody_and_the_editor_chooses_anew(block, romantic):
    value = value_of(block, (romantic, "Yours"))
    chooser = block.child_blocks["versions"].child_block.child_blocks["segment"]
    assert chooser.get_form_state(value["versions"][0]["segment"])["id"] == romantic.pk
    romantic.delete()
    assert chooser.get_form_state(value["versions"][0]["segment"]) is None
    assert block.render(value) == "For all"


def test_block_names_no_class_of_ours_in_migrations(block):
    chooser = block.child_blocks["versions"].child_block.child_blocks["segment"]
    assert chooser.deconstruct()[0] == "wagtail.snippets.blocks.SnippetChooserBlock"


def test_block_without_request_shows_the_default(block, romantic):
    value = value_of(block, (romantic, "Yours"))
    assert block.render(value) == "For all"


def test_rest_form_of_a_block_is_what_the_requester_would_see(
    client, request_of, block, romantic, allow
):
    value = value_of(block, (romantic, "Yours"))
    neutral = block.get_api_representation(value, {"request": request_of()})
    assert neutral == {"content": "For all", "reason": ""}
    allow(client, "stated", styles=["romantic"])
    personal = block.get_api_representation(value, {"request": request_of()})
    assert personal["content"] == "Yours"
    assert "You told us you like the style romantic." in personal["reason"]


def test_search_knows_only_the_default_of_a_block(block, romantic):
    assert block.get_searchable_content(value_of(block, (romantic, "Yours"))) == ["For all"]


def test_block_of_a_deleted_segment_shows_the_default(client, request_of, block, romantic, allow):
    value = value_of(block, (romantic, "Yours"))
    romantic.delete()
    allow(client, "stated", styles=["romantic"])
    stored = block.to_python(json.loads(json.dumps(block.get_prep_value(value))))
    assert "Yours" not in block.render(stored, {"request": request_of()})


def test_block_leaves_nothing_of_ours_in_a_migration(block):
    path, args, kwargs = block.deconstruct()
    assert path == "wagtail.blocks.StructBlock"
    assert "ethical_personalization" not in repr(
        [child.deconstruct() for _name, child in args[0]]
    ) + repr(kwargs)


def titles(products):
    return [product.title for product in products]


def test_list_puts_what_fits_best_first(client, request_of, catalogue, allow):
    catalogue("Neither", style="sporty", colour="grey")
    catalogue("One", style="romantic", colour="grey")
    catalogue("Both", style="romantic", colour="navy")
    allow(client, "stated", styles=["romantic"], colours=["navy"])
    found = recommend(request_of(), "list", limit=4)
    assert found.is_personal
    assert titles(found.products) == ["Both", "One"]


def test_list_never_shows_what_is_out_of_stock(client, request_of, catalogue, allow):
    catalogue("Gone", style="romantic", stock=0)
    parent = catalogue("Parent", style="romantic", stock=None)
    parent.structure = "parent"
    parent.save()
    catalogue("Size M", parent=parent, size="M", stock=0)
    allow(client, "stated", styles=["romantic"], sizes=["M"])
    assert titles(recommend(request_of(), "list", limit=4).products) == []
    catalogue("Size L", parent=parent, size="L", stock=1)
    assert titles(recommend(request_of(), "list", limit=4).products) == ["Parent"]


def test_list_counts_a_category_with_what_lies_below_it(client, request_of, catalogue, allow):
    dresses = catalogue.category("Dresses")
    summer = catalogue.category("Summer dresses", parent=dresses)
    catalogue("Coat")
    catalogue("Summer dress", categories=[summer])
    allow(client, "stated", categories=[str(dresses.pk)])
    assert titles(recommend(request_of(), "list", limit=4).products) == ["Summer dress"]


def test_list_leaves_a_sensitive_category_out_of_the_one_above_it(
    client, request_of, catalogue, allow
):
    books = catalogue.category("Books")
    faith = catalogue.category("Faith", parent=books)
    catalogue("Novel", categories=[books])
    catalogue("Psalms", categories=[faith])
    allow(client, "stated", categories=[str(books.pk), str(faith.pk)])
    assert titles(recommend(request_of(), "list", limit=4).products) == ["Psalms", "Novel"]
    SensitiveCategory.objects.create(category=faith)
    assert titles(recommend(request_of(), "list", limit=4).products) == ["Novel"]


def test_list_is_what_is_new_for_who_allowed_nothing(request_of, catalogue):
    catalogue("Older")
    catalogue("Newer")
    found = recommend(request_of(), "list", limit=1)
    assert not found.is_personal
    assert titles(found.products) == ["Newer"]


def test_list_leaves_out_the_product_it_stands_beside(client, request_of, catalogue, allow):
    shown = catalogue("Shown", style="romantic")
    catalogue("Other", style="romantic")
    allow(client, "stated", styles=["romantic"])
    found = recommend(request_of(), "list", limit=4, leave_out=shown.pk)
    assert titles(found.products) == ["Other"]


def test_list_needs_the_same_queries_for_many_products(
    client, request_of, catalogue, allow, django_assert_max_num_queries
):
    for number in range(30):
        catalogue(f"Dress {number}", style="romantic", colour="navy")
    allow(client, "stated", styles=["romantic"], colours=["navy"])
    with django_assert_max_num_queries(23):
        recommend(request_of(), "list", limit=4)


def test_version_whose_reason_can_not_be_told_is_not_shown(client, request_of, segment, allow):
    def fail(evidence, values):
        raise ValueError("romantic")

    made = segment("Hero", ("stated.styles", "any_of", ["romantic"]), placements=["hero"])
    allow(client, "stated", styles=["romantic"])
    mute = replace(facts.get("stated.styles"), sentence=fail)
    with facts.temporarily(mute):
        assert rendered(request_of()).strip() == "For all"
    assert made.status == "enabled"
