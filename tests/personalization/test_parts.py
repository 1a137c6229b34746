"""The cache mode *fragment*: one page for everybody, and a request for what is personal on it."""

from types import ModuleType

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import Client
from django.urls import include, path, reverse
from oscar.core.loading import get_model

from ethical_personalization.models import Subject
from ethical_personalization.testing import (
    consent_given,
    consent_refused,
    nothing_kept,
    published_segment,
)

pytestmark = pytest.mark.django_db
SENT = {"ep-parts": "1", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def fragment_mode(settings, home, question):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "fragment"
    return published_segment(
        "S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"]
    )


@pytest.fixture
def likes_wool():
    client = Client()
    consent_given(client, answers={"fabric": ["wool"]})
    return client


@pytest.fixture
def shows(settings):
    """The page at ``/``, made of a template."""

    def page(template):
        urls = ModuleType("urls_of_one_page")
        load = "{% load cache ethical_personalization wagtail_personalisation_tags %}"

        def view(request):
            made = Template(load + template).render(RequestContext(request, {"words": template}))
            return HttpResponse(made)

        urls.urlpatterns = [
            path("", view),
            path("preferences/", include("ethical_personalization.urls")),
        ]
        settings.ROOT_URLCONF = urls

    return page


def parts(client, address="/", headers=SENT):
    joint = "&" if "?" in address else "?"
    return client.get(f"{address}{joint}ep-parts=1", headers=headers)


def test_page_is_the_same_for_everybody(likes_wool, user):
    refusing, account = Client(), Client()
    consent_refused(refusing, "stated")
    account.force_login(user)
    consent_given(account, answers={"fabric": ["wool"]})
    bare, *others = (client.get("/") for client in (Client(), likes_wool, refusing))
    assert {each.content for each in others} == {bare.content}
    assert "Accept all" in bare.text
    assert "mend it for free" not in account.get("/").text


def test_page_carries_no_header_of_ours(likes_wool):
    likes_wool.get("/preferences/")  # brings the mark
    bare, hers = Client().get("/"), likes_wool.get("/")
    assert hers.headers == bare.headers
    assert not hers.cookies


def test_choice_from_before_the_mode_gets_its_mark_once_and_for_no_cache(likes_wool):
    first, second = likes_wool.get("/"), likes_wool.get("/")
    assert first.cookies["ep_choices_held"].value == "1"
    assert "no-store" in first["Cache-Control"]
    assert not second.cookies
    assert "Cache-Control" not in second.headers


def test_parts_are_what_is_personal_with_its_reason(likes_wool):
    answer = parts(likes_wool)
    assert list(answer.json()["parts"]) == ["home-welcome"]
    assert "mend it for free" in answer.json()["parts"]["home-welcome"]
    assert "Why am I seeing this?" in answer.json()["parts"]["home-welcome"]
    assert answer.json()["question"].count("What you tell us") == 0


def test_parts_are_for_nobody_else(likes_wool):
    answer = parts(likes_wool)
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert parts(Client()).json()["parts"] == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"ep-parts": "1", "sec-fetch-site": "cross-site"},
        {"ep-parts": "1", "sec-fetch-site": "same-site"},
        {"ep-parts": "1", "sec-fetch-site": "none"},
    ],
)
def test_parts_are_told_to_no_other_page(likes_wool, headers):
    likes_wool.get("/preferences/")
    answer = parts(likes_wool, headers=headers)
    assert answer["Content-Type"].startswith("text/html")
    assert "mend it for free" not in answer.text


def test_mode_inline_knows_no_parts(likes_wool, settings):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "inline"
    assert "mend it for free" in parts(likes_wool).text
    assert "ep-part" not in Client().get("/").text


def test_question_is_put_to_who_holds_no_choice_any_more():
    client = Client()
    client.cookies["ep_choices_held"] = "1"
    answer = parts(client)
    assert "What you tell us" in answer.json()["question"]
    assert answer.cookies["ep_choices_held"].value == ""


@pytest.mark.parametrize("address", ["/nothing/", "/shop/basket/add/1/", "/shop/accounts/"])
def test_what_is_no_page_has_no_parts(likes_wool, address):
    answer = parts(likes_wool, address)
    assert (answer.status_code, answer.content) == (204, b"")


def test_version_of_a_page_comes_for_the_region_that_its_template_marks(
    likes_wool, home, variant, fragment_mode
):
    variant(home, fragment_mode)
    found = parts(likes_wool).json()["parts"]
    assert list(found) == ["page"]
    assert "For you" in found["page"]
    assert "For you" not in likes_wool.get("/").text


def test_version_of_a_page_without_a_region_stays_the_default(
    likes_wool, home, variant, fragment_mode, monkeypatch
):
    monkeypatch.setattr(type(home), "template", "boutique/partials/welcome.html")
    variant(home, fragment_mode)
    assert parts(likes_wool).json()["parts"] == {}


def test_list_of_products_comes_with_the_part_around_it(likes_wool, catalogue, shows):
    likes_wool.get("/preferences/")
    shows(
        '{% personal_part "products" %}{% recommended_products 4 as found %}'
        "<p>{% if found.is_personal %}Yours{% else %}New{% endif %}</p>{% endpersonal_part %}"
    )
    assert "<!--ep-part:products--><p>New</p><!--/ep-part:products-->" in likes_wool.get("/").text
    assert parts(likes_wool).json()["parts"] == {}  # nothing in stock fits


def test_part_around_others_comes_alone_only_if_it_is_personal_itself(likes_wool, shows):
    inner = (
        '{% personalized "home-welcome" %}<b>Yours</b>{% default %}<b>All</b>{% endpersonalized %}'
    )
    shows('{% personal_part "outer" %}<i>' + inner + "</i>{% endpersonal_part %}")
    assert parts(likes_wool).json()["parts"] == {"home-welcome": "<b>Yours</b>"}
    inner = '{% segment name="S" %}Yours{% endsegment %}'
    shows('{% personal_part "outer" %}' + inner + "{% endpersonal_part %}")
    assert parts(likes_wool).json()["parts"] == {"outer": "Yours"}


def test_attribute_is_left_alone(likes_wool, shows):
    shows('<p class="a {% personalized "home-welcome" %}b{% endpersonalized %}">')
    assert likes_wool.get("/").text == '<p class="a ">'
    assert parts(likes_wool).json()["parts"] == {}


def test_same_placement_twice_has_two_names(likes_wool, shows):
    inner = '{% personalized "home-welcome" %}<b>Yours</b>{% endpersonalized %}'
    shows(inner + inner)
    names = ["home-welcome", "home-welcome.2"]
    assert [name for name in names if f"<!--ep-part:{name}-->" in Client().get("/").text] == names
    assert list(parts(likes_wool).json()["parts"]) == names


def test_names_inside_a_cached_fragment_do_not_depend_on_the_page_around(likes_wool, shows):
    inner = '{% personalized "home-welcome" %}<b>Yours</b>{% endpersonalized %}'
    kept = "{% cache 600 part %}" + inner + "{% endcache %}"
    shows(inner + kept)
    Client().get("/")
    shows(kept)
    (name,) = parts(likes_wool).json()["parts"]
    assert f"<!--ep-part:{name}-->" in Client().get("/").text
    assert name != "home-welcome"


def test_page_has_its_own_address_in_the_request_for_its_parts(likes_wool, shows):
    shows(
        '{% personalized "home-welcome" %}<b>{{ request.get_full_path }}'
        "{{ request.GET.urlencode }}</b>{% endpersonalized %}"
    )
    assert parts(likes_wool, "/?a=b").json()["parts"] == {"home-welcome": "<b>/?a=ba=b</b>"}


def test_words_of_the_shop_wait_for_a_page_that_is_seen(likes_wool, settings, shows):
    shows("{% for message in messages %}<b>{{ message }}</b>{% endfor %}")

    def say(request):
        messages.success(request, "Your basket is full.")
        return HttpResponse()

    settings.ROOT_URLCONF.urlpatterns.append(path("say/", say))
    likes_wool.post("/say/")
    assert parts(likes_wool).status_code == 200
    assert "Your basket is full." in likes_wool.get("/").text
    assert "Your basket is full." not in likes_wool.get("/").text


def test_view_of_a_product_is_counted_once_and_noted_with_the_parts(catalogue):
    client, product = Client(), catalogue("Dress")
    consent_given(client, "browsing")
    client.get("/preferences/")
    client.get(product.get_absolute_url())
    assert "oscar_history" not in client.cookies
    answer = parts(client, product.get_absolute_url())
    assert str(product.pk) in answer.cookies["oscar_history"].value
    assert get_model("analytics", "ProductRecord").objects.get().num_views == 1


def test_choice_brings_the_mark_and_leaves_with_it(visitor):
    visitor.opens("/").presses("Accept all", accept="application/json")
    held = visitor.client.cookies["ep_choices_held"]
    assert (held.value, held["httponly"], held["samesite"]) == ("1", "", "Lax")
    assert Subject.objects.count() == 1
    visitor.client.cookies.pop("ep_choices")
    assert visitor.opens("/preferences/").response.cookies["ep_choices_held"].value == ""


def test_account_gets_the_mark_when_it_logs_in(user):
    first, other = Client(), Client()
    first.force_login(user)
    consent_given(first, answers={"fabric": ["wool"]})
    login = {"login-username": user.email, "login-password": "demo-pass-1", "login_submit": "1"}
    answer = other.post(reverse("customer:login"), login)
    assert answer.status_code == 302
    assert answer.cookies["ep_choices_held"].value == "1"
    assert list(parts(other).json()["parts"]) == ["home-welcome"]


def test_without_scripts_the_page_for_choices_says_what_was_saved(visitor):
    visitor.opens("/").presses("Refuse all")
    assert visitor.response["Location"].startswith("/preferences/?ep-saved=choices")
    assert "Your choices are saved." in visitor.follows().text


def test_visitor_leaves_nothing():
    client = Client()
    with nothing_kept(client):
        client.get("/")
        parts(client)
    assert not client.cookies
