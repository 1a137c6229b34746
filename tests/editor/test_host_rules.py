"""Rules of wagtail-personalisation and of other apps at the desk, whatever their code does."""

import threading
import time

import pytest
from wagtail_personalisation.rules import ReferralRule, UserIsLoggedInRule

from ethical_personalization.core import patience
from ethical_personalization.core.conditions import AllOf, Condition
from ethical_personalization.core.exceptions import InvalidCondition
from ethical_personalization.core.registry import rules
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.models import SegmentPolicy
from ethical_personalization.personalization.translation import condition_of
from tests.editor.conftest import DESK, NEW, STYLES
from tests.editor.forms import errors_of, fields_of, text_of, with_rules

pytestmark = pytest.mark.django_db

KIND = UserIsLoggedInRule._meta.label_lower


@pytest.fixture
def fill_in(desk, blank_page):
    """Send the form of a new segment with one more rule, of a kind of the host."""

    def make(kind, action="publish", **parts):
        fields = with_rules(blank_page()[1], STYLES) | {"name": "Romantic"}
        fields |= {f"rules-wagtail_personalisation_{kind}s-TOTAL_FORMS": 1}
        fields |= {f"rules-wagtail_personalisation_{kind}s-0-{p}": v for p, v in parts.items()}
        return desk.post(NEW, fields | ({f"action-{action}": action} if action else {}))

    return make


@pytest.fixture
def logged_in_rule(policy):
    """A published segment that also asks whether a shopper is logged in."""
    definition = {**policy.definition, "wagtail_personalisation_userisloggedinrules": [{}]}
    SegmentPolicy.objects.update(definition=definition)
    return policy


@pytest.fixture
def screens(desk):
    """The text of the list of segments and of the form of the only one."""

    def make():
        policy = SegmentPolicy.objects.get()
        pages = [desk.get(f"{DESK}/segments/"), desk.get(f"{DESK}/segments/edit/{policy.pk}/")]
        assert [page.status_code for page in pages] == [200, 200]
        return tuple(text_of(page) for page in pages)

    return make


def fail(rule):
    raise ValueError("moonlight")


def refuse(rule):
    raise InvalidCondition("Choose a size.")


def described_as(condition):
    return rules.temporarily(RuleDeclaration(key=KIND, condition=condition))


@pytest.mark.parametrize("pattern", ["(unclosed", r"([a-z]+\.?)+"])
def test_pattern_that_is_none_or_explodes_is_refused_and_shown_again(fill_in, screens, pattern):
    refused = fill_in("referralrule", regex_string=pattern)
    assert refused.status_code == 200
    assert "Write a short pattern without repeated groups" in errors_of(refused)
    shown = fields_of(refused)["rules-wagtail_personalisation_referralrules-0-regex_string"]
    assert shown == [pattern]
    assert not SegmentPolicy.objects.exists()
    assert not ReferralRule.objects.exists()
    fill_in("referralrule", action=None, regex_string=pattern)
    assert all("A rule can't be used" in text and pattern in text for text in screens())


@pytest.mark.parametrize(
    ("kind", "parts", "missing"),
    [
        ("visitcountrule", {"operator": "less_than", "counted_page": "1", "count": ""}, "count"),
        ("origincountryrule", {"country": ""}, "country"),
        ("referralrule", {"regex_string": ""}, "Regular expression"),
    ],
)
def test_draft_of_a_rule_may_be_unfinished_and_says_what_is_missing(
    fill_in, screens, caplog, kind, parts, missing
):
    assert fill_in(kind, action=None, **parts).status_code == 302
    (draft,) = SegmentPolicy.objects.get().definition[f"wagtail_personalisation_{kind}s"]
    assert {part: str(draft[part] or "") for part in parts} == parts
    in_list, in_form = screens()
    assert "A rule can't be used" in in_list
    assert f"Fill in: {missing}" in in_form
    assert "failed_closed what=rule:" not in caplog.text


NO_CONDITIONS = [None, 7, "text", AllOf(("x",)), Condition(fact=None, operator="is_true")]
FAILED = "The code that reads this kind of rule failed"


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        (refuse, "Choose a size."),
        (fail, FAILED),
        *((lambda rule, made=made: made, FAILED) for made in NO_CONDITIONS),
    ],
)
def test_translation_that_fails_is_named_and_closes_no_screen(
    logged_in_rule, screens, caplog, translation, said
):
    with described_as(translation):
        in_list, in_form = screens()
    assert "A rule can't be used" in in_list
    assert said in in_form
    assert "moonlight" not in in_form + caplog.text


def test_rule_that_can_not_describe_itself_closes_no_screen(logged_in_rule, screens, monkeypatch):
    monkeypatch.setattr(UserIsLoggedInRule, "description", fail)
    monkeypatch.setattr(UserIsLoggedInRule, "__str__", fail)
    assert "Logged in Rule" in screens()[1]


def test_slow_translation_is_asked_once_and_named(logged_in_rule, screens, monkeypatch):
    monkeypatch.setattr(patience, "LIMIT_SECONDS", 0.05)
    real, calls = rules.get(KIND).condition, []

    def slow(rule):
        calls.append(rule)
        time.sleep(0.1)
        return real(rule)

    with described_as(slow):
        texts = screens()
    assert len(calls) == 1
    assert "took too long" in texts[1]


def test_translation_that_hangs_holds_up_no_other_screen(logged_in_rule, screens, monkeypatch):
    monkeypatch.setattr(patience, "LIMIT_SECONDS", 0.05)
    may_end, has_begun = threading.Event(), threading.Event()

    def hang(rule):
        has_begun.set()
        may_end.wait(20)

    with described_as(hang):
        hung = threading.Thread(target=condition_of, args=[UserIsLoggedInRule(), frozenset()])
        hung.start()
        assert has_begun.wait(10)
        time.sleep(patience.LIMIT_SECONDS)
        assert "took too long" in screens()[1]
        assert hung.is_alive()
        may_end.set()
        hung.join()
