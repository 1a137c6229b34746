"""wagtail-personalisation's ``{% segment %}``, mended."""

import pytest
from django.template import Context, Template

from ethical_personalization.personalization.reason_beside import stands_by_itself

pytestmark = pytest.mark.django_db
REASON = "You told us you like the style romantic."


def rendered(content, **context):
    tag = f'{{% segment name="Romantic" %}}{content}{{% endsegment %}}'
    template = Template("{% load wagtail_personalisation_tags %}" + tag)
    return template.render(Context(context))


@pytest.fixture
def fan(client, allow, romantic, request_of):
    """The request of a shopper who belongs to the segment."""
    allow(client, "stated", styles=["romantic"])
    return request_of()


def test_content_is_shown_with_its_reason(fan):
    html = rendered("<p>Ruffles</p>", request=fan)
    assert "<p>Ruffles</p>" in html
    assert REASON in html


def test_text_stays_as_it_is_because_it_may_stand_in_an_attribute(fan):
    assert rendered("is-romantic", request=fan) == "is-romantic"


def test_row_of_a_table_stays_as_it_is(fan):
    assert rendered("<tr><td>Ruffles</td></tr>", request=fan) == "<tr><td>Ruffles</td></tr>"


def test_visitor_without_choice_sees_nothing_and_costs_no_query(
    romantic, request_of, django_assert_num_queries
):
    request = request_of()
    with django_assert_num_queries(0):
        assert rendered("<p>Ruffles</p>", request=request) == ""


def test_template_without_request_shows_nothing(romantic):
    assert rendered("<p>Ruffles</p>") == ""


def test_every_segment_of_the_name_counts(client, segment, allow, request_of):
    segment("Romantic", ("stated.styles", "any_of", ["classic"]))
    segment("Romantic", ("stated.styles", "any_of", ["romantic"]))
    allow(client, "stated", styles=["romantic"])
    assert "Ruffles" in rendered("Ruffles", request=request_of())


def test_normal_version_leads_back(client, romantic, allow, request_of):
    allow(client, "stated", styles=["romantic"])
    request = request_of(f"/?ep-normal=segment-{romantic.pk}")
    html = rendered("<p>Ruffles</p>", request=request)
    assert "Ruffles" not in html
    assert "Show my version again" in html
    assert rendered("Ruffles", request=request) == ""


@pytest.mark.parametrize(
    ("content", "stands"),
    [
        ("<p>a</p>", True),
        ('text <img src="a.png"> text', True),
        ("<!-- a --><section><br/>a</section><p>b</p>", True),
        ("<my-card>a</my-card>", True),
        ("", False),
        ("a &lt; b", False),
        ("<li>a</li>", False),
        ('<source srcset="a">', False),
        ("<script>a</script>", False),
        ("<div>", False),
        ("</div><div>", False),
        ("<p>a</div>", False),
    ],
)
def test_reason_stands_only_beside_whole_elements(content, stands):
    assert stands_by_itself(content) is stands
