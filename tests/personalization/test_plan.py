"""The plan: compiled once, right after every change, and whole whatever stands in the tables."""

import uuid

import pytest
from boutique.models import HomePage
from django.core import checks as django_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment
from wagtail_personalisation.rules import VisitCountRule

from ethical_personalization.checks import check_database
from ethical_personalization.checks.all import DATABASE_CHECKS
from ethical_personalization.checks.segments import check_static_visit_counts
from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.registry import facts, rules
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.facts.source import FactSource
from ethical_personalization.models import FactRule, SegmentPolicy, published
from ethical_personalization.models.fingerprints import ask_fingerprints
from ethical_personalization.models.published import Published, forget_published
from ethical_personalization.models.release import code_signature
from ethical_personalization.personalization import plan
from ethical_personalization.personalization.plan import load_plan, published_plan
from ethical_personalization.personalization.translation import NEVER

pytestmark = pytest.mark.django_db
STYLES = ("stated.styles", "any_of", ["romantic"])


def queries(action):
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def shown(client):
    return client.get("/").content.decode()


def test_compiling_asks_the_same_for_many_segments_and_rules(segment, home, variant):
    variant(home, segment("One", STYLES))
    few = queries(load_plan)
    many = [segment(f"S{number}", *[STYLES] * 3) for number in range(20)]
    variant(home, many[-1])
    assert queries(load_plan) == few


def test_ten_thousand_rules_are_compiled_with_the_same_queries(segment):
    segment("One", STYLES)
    few = queries(load_plan)
    segments = Segment.objects.bulk_create(Segment(name=f"S{n}") for n in range(100))
    FactRule.objects.bulk_create(
        FactRule(segment=each, fact="stated.styles", operator="any_of", value=[f"style {number}"])
        for each in segments
        for number in range(100)
    )
    assert queries(load_plan) == few
    assert len(load_plan().audiences) == 101


@pytest.mark.parametrize(
    "change",
    [
        lambda segment, copy: Segment.objects.filter(pk=segment.pk).update(status="disabled"),
        lambda segment, copy: FactRule.objects.update(value=["sporty"]),
        lambda segment, copy: FactRule.objects.all()._raw_delete("default"),
        lambda segment, copy: HomePage.objects.filter(pk=copy.pk).update(live=False),
        lambda segment, copy: PersonalisablePageMetadata.objects.filter(variant=copy).delete(),
    ],
    ids=["segment", "rule", "rule deleted", "page", "metadata"],
)
def test_change_without_a_signal_is_seen_by_the_next_request(
    client, home, romantic, variant, allow, change
):
    copy = variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    assert "Ruffles for you" in shown(client)
    change(romantic, copy)
    assert "Ruffles for you" not in shown(client)


def test_what_a_rule_refers_to_by_a_many_to_many_is_seen_with_the_same_query(
    romantic, user, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(plan, "rule_models", lambda: [Segment])  # as no rule here has one
    before = ask_fingerprints(plan._rows())
    linked = Segment.static_users.through.objects
    linked.bulk_create([linked.model(segment=romantic, user=user)])
    with django_assert_num_queries(1):
        assert ask_fingerprints(plan._rows()) != before


def test_priority_that_is_changed_without_a_signal_decides(client, home, segment, variant, allow):
    variant(home, segment("Later", STYLES, priority=20), "Second choice")
    first = segment("First", STYLES, priority=10)
    variant(home, first, "First choice")
    allow(client, "stated", styles=["romantic"])
    assert "First choice" in shown(client)
    SegmentPolicy.objects.filter(segment=first).update(priority=30)
    assert "Second choice" in shown(client)


def test_rule_whose_fact_is_gone_matches_nobody(client, home, segment, variant, allow):
    variant(home, segment("Gone", STYLES, ("shop.moons", "any_of", ["full"])), "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    assert "For everybody" in shown(client)


@pytest.mark.parametrize("made", [None, 7, "text", object()])
def test_translation_that_is_no_condition_matches_nobody(segment, made):
    segment("Odd", STYLES)
    strange = RuleDeclaration(key=FactRule._meta.label_lower, condition=lambda rule: made)
    with rules.temporarily(strange):
        (audience,) = load_plan().audiences.values()
    assert list(audience.condition.leaves()) == [NEVER]


def test_translation_that_raises_matches_nobody_and_names_no_value(segment, caplog):
    def fail(rule):
        raise ValueError("romantic")

    segment("Odd", STYLES)
    with rules.temporarily(RuleDeclaration(key=FactRule._meta.label_lower, condition=fail)):
        (audience,) = load_plan().audiences.values()
    assert list(audience.condition.leaves()) == [NEVER]
    assert "romantic" not in caplog.text


def test_release_with_other_declarations_has_a_plan_of_its_own(segment):
    segment("One", STYLES)
    before = published_plan._token()
    other = RuleDeclaration(
        key="shop.moonrule",
        condition=lambda rule: Condition(fact="stated.styles", operator="is_empty"),
    )
    with rules.temporarily(other):
        assert published_plan._token() != before
    assert code_signature(names=("one",)) != code_signature(names=("two",))


def test_worker_on_other_code_neither_takes_nor_spoils_our_plan(segment):
    segment("One", STYLES)
    forget_published()
    ours = published_plan.get()
    theirs = Published(
        "plan", rows=plan._rows, compile_rows=plan.Plan, signature=lambda: "other-release"
    )
    try:
        assert theirs.get() == plan.Plan()
        forget_published()
        assert published_plan.get() == ours
    finally:
        published._press._all.remove(theirs)


@pytest.fixture
def half(segment):
    made = segment("Half", STYLES)
    Segment.objects.filter(pk=made.pk).update(randomisation_percent=50)
    return made


def draws(segment, number=400):
    """The draws of so many shoppers for one segment."""
    forget_published()
    reader = facts.get(f"chance.{segment.pk}").reader
    return [
        reader(FactSource(request=None, subject_id=uuid.UUID(int=n), unsealed=dict, now=None))
        for n in range(number)
    ]


def test_random_share_is_about_what_was_asked_for_and_stays_the_same(half):
    first = draws(half)
    assert first == draws(half)
    assert set(first) <= set(range(1, 101))
    assert 160 < sum(draw <= 50 for draw in first) < 240


def test_draws_for_two_segments_are_independent(half, segment):
    other = segment("Other half", STYLES)
    Segment.objects.filter(pk=other.pk).update(randomisation_percent=50)
    both = sum(a <= 50 and b <= 50 for a, b in zip(draws(half), draws(other), strict=True))
    assert 60 < both < 140


def test_share_of_all_is_shown_with_the_draw_in_its_reason(client, home, half, variant, allow):
    Segment.objects.update(randomisation_percent=100)
    variant(home, half, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    page = shown(client)
    assert "Ruffles for you" in page
    assert "You are among the 100 in 100 shoppers who were drawn by chance." in page


def test_share_of_nobody_is_shown_to_nobody(client, home, half, variant, allow):
    Segment.objects.update(randomisation_percent=0)
    variant(home, half, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    assert "For everybody" in shown(client)


def test_member_of_a_list_sees_the_default_before_she_allows_it(
    client, home, segment, variant, allow, user
):
    listed = segment("Friends of the house")
    Segment.objects.update(type=Segment.TYPE_STATIC)
    listed.static_users.add(user)
    variant(home, listed, "For friends")
    allow(client, "stated", user=user)
    assert "For everybody" in shown(client)


def test_who_is_not_on_the_list_sees_the_default(client, home, segment, variant, allow, user):
    listed = segment("Friends of the house")
    Segment.objects.update(type=Segment.TYPE_STATIC)
    variant(home, listed, "For friends")
    allow(client, "context", user=user)
    assert "For everybody" in shown(client)
    listed.static_users.add(user)
    page = shown(client)
    assert "For friends" in page
    assert "You are on this list of the shop: Friends of the house." in page


def test_list_that_was_collected_by_counting_visits_is_shown_to_nobody_and_named(
    client, home, segment, variant, allow, user
):
    counted = segment("Regulars")
    VisitCountRule.objects.create(segment=counted, counted_page=home, count=1)
    Segment.objects.update(type=Segment.TYPE_STATIC)
    counted.static_users.add(user)
    variant(home, counted, "For regulars")
    allow(client, "context", "browsing", user=user)
    assert "For everybody" in shown(client)
    (found,) = check_static_visit_counts(databases=["default"])
    assert found.id == "ethical_personalization.W005"
    assert "Regulars" in found.msg


def test_check_of_segments_asks_no_database_unless_it_is_told_to(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_database() == []
    assert check_database in django_checks.registry.registry.get_checks()
    assert check_static_visit_counts in DATABASE_CHECKS
