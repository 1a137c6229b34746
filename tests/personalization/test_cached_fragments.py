"""Django's ``{% cache %}`` and Wagtail's two tags around what is personal."""

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.templatetags.cache import CacheNode
from django.test import Client, RequestFactory
from django.urls import resolve
from wagtail.blocks import CharBlock

from ethical_personalization.personalization import cached_fragments
from ethical_personalization.personalization.blocks import PersonalizedBlock
from ethical_personalization.testing import consent_given, consent_refused, published_segment

pytestmark = pytest.mark.django_db
TAGS = ["cache", "wagtailcache", "wagtailpagecache"]
PARTS = {
    "placement": (
        '{% personalized "home-welcome" %}<p>Yours</p>{% why decision %}'
        "{% default %}<p>For all</p>{% endpersonalized %}"
    ),
    "host's tag": '{% segment name="S" %}<p>Yours</p>{% endsegment %}',
    "block": "{% include_block block %}",
}


@pytest.fixture(autouse=True)
def made(question):
    return published_segment(
        "S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"]
    )


@pytest.fixture
def block(made):
    block = PersonalizedBlock(CharBlock())
    versions = [{"segment": made.pk, "content": "Yours"}]
    return block.to_python({"default": "For all", "versions": versions})


@pytest.fixture
def shows(home, block):
    """What a client gets of a part inside a tag; ``changes`` would be seen were it made anew."""

    def render(client, tag, part, changes=""):
        request = RequestFactory().get("/")
        request.COOKIES = {name: each.value for name, each in client.cookies.items()}
        request.resolver_match = resolve("/")
        template = Template(
            "{% load cache ethical_personalization wagtail_cache wagtail_personalisation_tags "
            "wagtailcore_tags %}"
            f"{{% {tag} 600 part %}}{part}{changes}{{% end{tag} %}}"
        )
        return template.render(Context({"request": request, "page": home, "block": block}))

    return render


@pytest.fixture
def likes_wool():
    client = Client()
    consent_given(client, answers={"fabric": ["wool"]})
    return client


@pytest.mark.parametrize("part", ["placement", "host's tag"])
@pytest.mark.parametrize("tag", TAGS)
def test_part_of_a_shopper_is_kept_for_nobody(shows, likes_wool, tag, part):
    assert "Yours" in shows(likes_wool, tag, PARTS[part])
    assert "Yours" not in shows(Client(), tag, PARTS[part])


@pytest.mark.parametrize("tag", TAGS)
def test_block_of_a_shopper_is_kept_for_nobody(shows, likes_wool, tag):
    assert "Yours" in shows(likes_wool, tag, PARTS["block"])
    assert "For all" in shows(Client(), tag, PARTS["block"])


@pytest.mark.parametrize("part", ["placement", "host's tag", "block"])
@pytest.mark.parametrize("tag", TAGS)
def test_part_kept_for_everybody_is_not_shown_to_a_shopper(shows, likes_wool, tag, part):
    assert "Yours" not in shows(Client(), tag, PARTS[part])
    assert "Yours" in shows(likes_wool, tag, PARTS[part])


@pytest.mark.parametrize("tag", TAGS)
def test_question_kept_for_everybody_is_not_put_again_to_who_refused(shows, tag):
    question = "{% consent_banner %}"
    assert "What you tell us" in shows(Client(), tag, question)
    refusing = Client()
    consent_refused(refusing, "stated")
    assert "What you tell us" not in shows(refusing, tag, question)
    assert "What you tell us" in shows(Client(), tag, question)


@pytest.mark.parametrize("tag", TAGS)
def test_visitors_without_a_choice_keep_the_hits(shows, tag):
    first = shows(Client(), tag, PARTS["placement"])
    assert shows(Client(), tag, PARTS["placement"], changes="made anew") == first


@pytest.mark.parametrize("tag", TAGS)
def test_tag_alone_would_mix_shoppers_up(shows, likes_wool, monkeypatch, tag):
    monkeypatch.setattr(CacheNode, "render", cached_fragments._django_renders)
    cache.clear()
    shows(likes_wool, tag, PARTS["placement"])
    assert "Yours" in shows(Client(), tag, PARTS["placement"])


def test_part_without_a_request_is_kept_as_by_django():
    template = "{% load cache %}{% cache 600 part %}{{ word }}{% endcache %}"
    assert Template(template).render(Context({"word": "first"})) == "first"
    assert Template(template).render(Context({"word": "second"})) == "first"
