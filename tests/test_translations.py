"""All that shoppers read is there in German and French, and what is shipped is up to date."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from oscar.core.loading import get_model

from ethical_personalization.core.placements import Placement
from ethical_personalization.facts.countries import all_countries
from ethical_personalization.models import ConsentMethod, PreferenceQuestion
from ethical_personalization.models.consent import STATUS_LABELS
from ethical_personalization.models.preferences import STANDARD_QUESTIONS
from ethical_personalization.testing import consent_given, consent_refused, published_segment
from ethical_personalization.testing import registered as with_registered
from tests.catalogues import LANGUAGES, catalogue, compiled, messages_in_code, shopper_messages
from tests.preferences.visitor import Visitor

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
PLURAL_FORMS = 2
#: A shorter English word may be one of the other language's.
MIN_LENGTH = 12
WIDGET = (
    "{% load ethical_personalization %}"
    '{% personalized "hero" %}{% why decision %}{% default %}For all{% endpersonalized %}'
)

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def shown_labels():
    """Words that models keep for the page of the shopper."""
    with override("en"):
        labels = {str(label) for label in (*STATUS_LABELS.values(), *ConsentMethod.labels)}
    return labels | set(STANDARD_QUESTIONS.values())


def forms_of(translation):
    return [translation] if isinstance(translation, str) else list(translation)


@in_each_language
def test_every_message_for_shoppers_is_translated_and_none_is_guessed(language):
    known = catalogue(language)
    for message in shopper_messages() | shown_labels():
        translated = forms_of(known[message].string)
        assert all(translated), message
        assert not known[message].fuzzy, message
        assert len(translated) == (1 if isinstance(message, str) else PLURAL_FORMS)


@in_each_language
def test_catalogue_holds_the_messages_of_the_code_and_no_others(language):
    assert set(catalogue(language)) == set(messages_in_code())


@in_each_language
def test_placeholders_are_those_of_the_message(language):
    for message, entry in catalogue(language).items():
        wanted = sorted(PLACEHOLDER.findall(forms_of(message)[-1]))
        for translated in filter(None, forms_of(entry.string)):
            assert sorted(PLACEHOLDER.findall(translated)) == wanted, message


@in_each_language
def test_what_is_in_effect_is_what_the_translators_wrote(language):
    written = {
        message: entry.string
        for message, entry in catalogue(language).items()
        if all(forms_of(entry.string)) and not entry.fuzzy
    }
    assert compiled(language) == written


@in_each_language
def test_quotes_and_spaces_are_those_of_the_language(language):
    wrong = {"de": r"“[^“]*”|\"|'", "fr": r"[“”\"']|« | »| [:;?!]|[^\u202f][;?!]|[^\u00a0]:"}
    for entry in catalogue(language).values():
        for translated in forms_of(entry.string):
            assert not re.search(wrong[language], translated), translated


# Pages


def english_of_ours(html):
    """Our English messages that somebody would read in ``html``, or hear."""
    soup = BeautifulSoup(html, "html.parser")
    ours = soup.select(".ep-page, ep-consent, ep-why")
    assert ours
    lines = {" ".join(line.split()) for part in ours for line in part.stripped_strings}
    for part in ours:
        for tag in [part, *part.find_all(True)]:
            attributes = tag.attrs.items()
            lines |= {v for name, v in attributes if name.startswith(("aria-label", "data-"))}
    return {
        fragment for fragment in _fragments() if any(_stands_in(fragment, line) for line in lines)
    }


def _fragments():
    """Our words between the placeholders, without those that are a translation, too."""
    messages = shopper_messages() | shown_labels()
    texts = {form for message in messages for form in forms_of(message)}
    parts = {part.strip(" .:“”") for text in texts for part in PLACEHOLDER.split(text)}
    texts = [text for language in LANGUAGES for text in compiled(language).values()]
    translations = {form.strip(" .:") for text in texts for form in forms_of(text)}
    return {part for part in parts if part} - translations


def _stands_in(fragment, line):
    return fragment == line.strip(" .:") or (len(fragment) >= MIN_LENGTH and fragment in line)


@pytest.fixture
def visitor(db):
    return Visitor()


@pytest.fixture
def category(db):
    return str(get_model("catalogue", "Category").add_root(name="Linge").pk)


def speaks(visitor, language):
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


def test_english_is_found_where_there_is_some(visitor):
    visitor.opens()
    assert {"Your choices", "Refuse all", "What we know"} <= english_of_ours(
        visitor.response.content
    )


@in_each_language
def test_banner_speaks_the_language(db, language):
    template = Template("{% load ethical_personalization %}{% consent_banner %}")
    with override(language):
        html = template.render(Context({"request": RequestFactory().get("/")}))
    assert not english_of_ours(html)


@in_each_language
def test_widget_speaks_the_language(client, category, language):
    published_segment("Linge", [("stated.categories", "any_of", [category])], placements=["hero"])
    consent_given(client, answers={"categories": [category]})
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    with override(language), with_registered(Placement(key="hero", title="Hero")):
        html = Template(WIDGET).render(Context({"request": request}))
    assert "<details" in html
    assert not english_of_ours(html)


@in_each_language
def test_preference_center_speaks_the_language_before_and_after_an_answer(
    visitor, category, language
):
    speaks(visitor, language)
    assert not english_of_ours(visitor.opens().response.content)
    with override(language):
        consent_given(visitor.client, "context", "browsing", answers={"categories": [category]})
        consent_refused(visitor.client, "orders")
    assert not english_of_ours(visitor.opens().response.content)
    assert visitor.page.select("#history li")


@in_each_language
def test_questions_of_the_start_speak_the_language_and_an_editors_own_stay(db, language):
    own = PreferenceQuestion(key="sizes", title="Which size is yours?")
    with override(language):
        for question in PreferenceQuestion.objects.all():
            assert str(question.wording) == catalogue(language)[question.title].string
        assert str(own.wording) == own.title


def test_countries_have_the_names_of_the_language():
    named = {}
    for language in ("de", "fr", "en"):
        with override(language):
            named[language] = dict(all_countries())["de"]
    assert named == {"de": "Deutschland", "fr": "Allemagne", "en": "Germany"}
