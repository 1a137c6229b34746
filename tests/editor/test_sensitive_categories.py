"""The desk marks categories and questions; no segment may rest on them."""

import pytest
from bs4 import BeautifulSoup
from wagtail_personalisation.rules import UserIsLoggedInRule

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.registry import rules
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.editor.catalogue import FactCatalogue
from ethical_personalization.editor.host_rule_problems import problem_of_host_rule
from ethical_personalization.models import FactRule, SegmentPolicy, SensitiveCategory
from ethical_personalization.models.published import forget_published
from ethical_personalization.personalization.plan import published_plan
from ethical_personalization.personalization.translation import NEVER, translate
from ethical_personalization.testing import published_segment
from tests.editor.conftest import DESK, NEW, STYLES
from tests.editor.forms import errors_of, fields_of, text_of
from tests.personalization.conftest import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.django_db
MARKS = f"{DESK}/sensitive-categories"
FACTS = ("orders.categories", "browsing.categories", "stated.categories")


@pytest.fixture
def faith(catalogue):
    return catalogue.category("Faith", parent=catalogue.category("Books"))


@pytest.fixture
def prayer(catalogue, faith):
    return catalogue.category("Prayer", parent=faith)


def conditions():
    """What each segment that may be shown asks for, to the next request."""
    forget_published()
    audiences = published_plan.get().audiences.values()
    return {each.name: list(each.condition.leaves()) for each in audiences}


def offered_values(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("#ep-facts").string


def test_gdpr_9_rule_on_a_marked_category_is_refused(desk, save, faith, prayer):
    wanted = {"values": [str(prayer.pk)]}
    assert "Prayer" in offered_values(desk.get(NEW))
    SensitiveCategory.objects.create(category=faith)
    assert "Prayer" not in offered_values(desk.get(NEW))
    response = save(("orders.categories", "any_of", wanted), name="Devout")
    assert "health or religion (GDPR Art. 9): Prayer." in errors_of(response)
    assert not SegmentPolicy.objects.exists()


@pytest.mark.parametrize("negated", [False, True])
def test_gdpr_9_stored_rule_fits_nobody_from_the_mark_on_and_is_named(
    desk, catalogue, faith, prayer, negated
):
    coats = catalogue.category("Coats")
    for key in FACTS:
        marked = faith if key == "stated.categories" else prayer  # asked are the two upper levels
        values = [str(marked.pk), str(coats.pk)]
        rule = FactRule(fact=key, operator="any_of", value=values, negated=negated)
        published_segment(key, [rule])
    published_segment("Coats", [("orders.categories", "any_of", [str(coats.pk)])])
    assert NEVER not in sum(conditions().values(), [])
    SensitiveCategory.objects.bulk_create([SensitiveCategory(category=faith)])  # no signal
    found = conditions()
    assert [found[key] for key in FACTS] == [[NEVER]] * 3
    assert found["Coats"] != [NEVER]
    listing = text_of(desk.get(f"{DESK}/segments/"))
    assert listing.count("A rule can't be used") == 3
    policy = SegmentPolicy.objects.get(name="orders.categories")
    form = text_of(desk.get(f"{DESK}/segments/edit/{policy.pk}/"))
    assert "(GDPR Art. 9): Prayer." in form
    prayer.move(coats, "last-child")
    assert conditions()["orders.categories"] != [NEVER]


def test_gdpr_9_rule_of_another_app_on_a_marked_category_fits_nobody_and_says_why(faith):
    SensitiveCategory.objects.create(category=faith)
    asked = Condition(fact="orders.categories", operator="any_of", value=frozenset({str(faith.pk)}))
    rule = UserIsLoggedInRule(is_logged_in=True)
    with rules.temporarily(RuleDeclaration(key=rule._meta.label_lower, condition=lambda _: asked)):
        translation = translate(rule, FactCatalogue().sensitive)
        assert translation.condition == NEVER
        assert "Art. 9): Faith." in problem_of_host_rule(rule, translation, FactCatalogue())


def test_editor_marks_a_category_by_its_full_name_and_reads_what_follows(
    desk, faith, prayer, catalogue
):
    published_segment("Devout", [("browsing.categories", "any_of", [str(prayer.pk)])])
    page = desk.get(f"{MARKS}/new/")
    assert "Books &gt; Faith &gt; Prayer" in page.content.decode()
    response = desk.post(f"{MARKS}/new/", {"category": faith.pk}, follow=True)
    text = text_of(response)
    assert "“Books > Faith” is marked, with everything below it." in text
    assert "fit nobody until you change them: Devout." in text
    again = desk.post(f"{MARKS}/new/", {"category": faith.pk})
    assert "This category is marked already." in errors_of(again)
    mark = SensitiveCategory.objects.get()
    assert "are kept again" in text_of(desk.get(f"{MARKS}/delete/{mark.pk}/"))
    desk.post(f"{MARKS}/delete/{mark.pk}/")
    assert conditions()["Devout"] != [NEVER]


def test_gdpr_9_marked_question_is_asked_no_more_and_no_rule_may_use_it(desk, save, policy, styles):
    url = f"{DESK}/questions/edit/{styles.pk}/"
    saved = desk.post(url, fields_of(desk.get(url)) | {"is_sensitive": "on"}, follow=True)
    assert "rules on it fit nobody until you change them: Romantic." in text_of(saved)
    styles.refresh_from_db()
    assert styles.is_sensitive
    form = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
    assert "“Which styles do you like?” tells something that the law protects" in text_of(form)
    response = save(STYLES, name="Again")
    assert "no explicit consent" in errors_of(response)
    assert "stated.styles" not in offered_values(desk.get(NEW))
    assert "Which styles do you like?" not in desk.get("/preferences/").content.decode()
