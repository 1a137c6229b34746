"""What shoppers are told: all of it is printed, and it is plain, correct and no nudge."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from oscar.core.loading import get_model

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.ranking import Contribution, ItemReason
from ethical_personalization.core.readings import Reading
from ethical_personalization.core.registry import facts
from ethical_personalization.facts.defaults import default_purposes
from ethical_personalization.management.told_words import all_told
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.testing import registered
from ethical_personalization.wording import evidence_sentence, item_share_in_words
from tests.catalogues import LANGUAGES, catalogue, messages_in_code, shopper_messages
from tests.reading import grade, sentences

pytestmark = pytest.mark.django_db
#: The grade of school in which a sentence is understood; plain English for adults is below 9.
MAX_GRADE = 9
#: A button has too few words for a grade: its words may have so many letters.
FEW_WORDS, MAX_LETTERS = 3, 11
#: Where the words about a decision stand. What a purpose says is a matter of its own.
TOLD_FROM = (
    "facts/",
    "wording.py",
    "transparency/controls.py",
    "transparency/losses.py",
    "transparency/more.py",
    "transparency/saved.py",
    "transparency/widget.py",
    "templates/ethical_personalization/why",
    "templates/ethical_personalization/item_controls.html",
)
PURPOSES = "facts/defaults.py"
PLACEHOLDER = re.compile(r"%\\\(\w+\\\)[sd]")
#: Blame, flattery and nudges; words that a shop might well be tempted by.
FORBIDDEN = {
    "en": """amazing|best|exclusive|exclusively|favourite|favorite|great|hurry|invalid|last chance
        |limited|only today|perfect|popular|recommended|special|sorry|unfortunately|unique
        |your fault|your mistake|you failed|you forgot|don’t miss
        |most people|everyone else|just for you""",
    "de": """beliebt\\w*|beste[nrs]?|einzigartig\\w*|exklusiv\\w*|falsch\\w*|jetzt zugreifen|leider
        |limitiert\\w*|nur heute|nur für Sie|perfekt\\w*|selbst schuld|toll\\w*|ungültig\\w*
        |verpassen|wunderbar\\w*|empfohlen\\w*|die meisten|vergessen""",
    "fr": """exclusif|exclusive|exceptionnel\\w*|faux|formidable|idéale?|incroyable|invalide
        |limitée?s?|malheureusement|meilleure?s?|parfaite?s?|populaire|recommandée?s?
        |rien que pour vous|unique|la plupart|ne manquez|votre faute|oublié""",
}


def told(language):
    with override(language):
        return [(part.about, words) for part in all_told() for words in part.words]


@pytest.fixture
def own_questions(db):
    PreferenceQuestion.objects.create(key="fabric", title="Which fabric?", options="wool\nlinen")
    PreferenceQuestion.objects.create(key="materials", title="Which?", options="wool\nlinen")


def test_everything_that_is_said_of_a_decision_is_printed(own_questions):
    printed = {text for about, words in told("en") for text in (about, words)}
    missing = {
        message
        for message, files in messages_in_code().items()
        if any(name.startswith(TOLD_FROM) and name != PURPOSES for name in files)
        for form in ([message] if isinstance(message, str) else message)
        if not any(_pattern(form).search(words) for words in printed)
    }
    assert missing == set()


def _pattern(message):
    return re.compile(PLACEHOLDER.sub(".+", re.escape(message)))


def test_every_sentence_is_plain_and_every_button_has_short_words(settings):
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    with registered(*default_purposes()):
        said = {sentence for _about, words in told("en") for sentence in sentences(words)}
    long = {sentence for sentence in said if len(sentence.split()) > FEW_WORDS}
    assert {each: grade(each) for each in long if grade(each) > MAX_GRADE} == {}
    words = {word for sentence in said - long for word in sentence.split()}
    assert {word for word in words if len(word) > MAX_LETTERS} == set()


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("The cat sat on the mat", -2, 1),
        ("You bought something here in the last two years", 1, 6),
        ("Personalisation necessitates individualised categorisation of behaviour", 20, 45),
    ],
)
def test_grade_tells_plain_from_hard(sentence, low, high):
    assert low < grade(sentence) < high


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_nothing_blames_flatters_or_nudges(language):
    forbidden = re.compile(rf"(?<!\w)(?:{FORBIDDEN[language]})(?!\w)", re.IGNORECASE | re.VERBOSE)
    said = {words for _about, words in told(language)} | set(_messages(language))
    assert {words for words in said if forbidden.search(words)} == set()


def _messages(language):
    for message in shopper_messages():
        forms = message if language == "en" else catalogue(language)[message].string
        yield from [forms] if isinstance(forms, str) else forms


def sentence_on(key, value, *, matched=(), counts=None):
    evidence = Evidence(
        fact=key,
        operator="any_of" if matched else "at_least",
        wanted=frozenset(matched),
        negated=False,
        matched=matched,
        reading=Reading(value=value, counts=counts or {}),
    )
    return evidence_sentence(facts.get(key), evidence)


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        ("en", "placed 0 orders", "placed 1 order ", "placed 2 orders"),
        ("de", "0 Bestellungen", "1 Bestellung ", "2 Bestellungen"),
        ("fr", "0 commande ", "1 commande ", "2 commandes"),
    ],
)
def test_numbers_take_the_plural_of_the_language(language, none, one, two):
    with override(language):
        for count, words in enumerate((none, one, two)):
            assert words in sentence_on("orders.count", count)
    with override(language):
        assert len({sentence_on("stated.sizes", None, matched=each) for each in SIZES}) == 3


SIZES = (("M",), ("L",), ("L", "M"))


@pytest.mark.parametrize(
    ("language", "score", "words"),
    [
        ("en", 0.5, "0.5 points."),
        ("en", 1, "1 point."),
        ("en", 1.5, "1.5 points."),
        ("de", 1.5, "1,5 Punkten."),
        ("fr", 0.5, "0,5 point."),
        ("fr", 1.5, "1,5 point."),
        ("fr", 2.5, "2,5 points."),
    ],
)
def test_half_points_take_the_plural_of_the_language(language, score, words):
    part = Contribution(fact="", points=score, shared=())
    with override(language):
        told_share = item_share_in_words(
            ItemReason(contribution=part, score=score, place=1, among=1)
        )
    assert words in told_share.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "You looked at something from Shoes and a category that is no longer in the shop."),
        ("de", "„nicht mehr vorhandene Kategorie“"),
        ("fr", "«\u202fcatégorie retirée de la boutique\u202f»"),
    ],
)
def test_deleted_category_is_named_and_its_number_is_not(language, name):
    shoes = get_model("catalogue", "Category").add_root(name="Shoes")
    values = (str(shoes.pk), "4711", "4712")
    with override(language):
        words = sentence_on("browsing.categories", frozenset(values), matched=values)
    assert name in words
    assert "471" not in words


def test_answer_that_is_no_choice_any_more_is_its_own_name():
    fact = replace(facts.get("stated.sizes"), choices=lambda: [("M", "M")])
    assert fact.labels(("M", "38")) == ("M", "38")


def printed(*options):
    out = StringIO()
    call_command("shopper_words", *options, stdout=out)
    return out.getvalue()


def test_command_prints_each_language_as_text_and_as_markdown():
    text = printed()
    assert {"ENGLISH", "DEUTSCH", "FRANÇAIS"} <= set(text.split())
    assert "  You are not logged in." in text.splitlines()
    markdown = printed("--language", "de", "--format", "markdown")
    assert markdown.startswith("# Deutsch\n\n## ")
    assert "- Sie sind nicht angemeldet." in markdown.splitlines()
    assert "You " not in markdown
    assert "\n## stated.styles: " in markdown


def test_command_names_the_languages_of_the_shop():
    with pytest.raises(CommandError, match="xx: not a language of the shop; choose among .*de"):
        printed("--language", "xx")
