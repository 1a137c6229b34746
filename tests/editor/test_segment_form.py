"""What the form refuses, where it says so, and what a draft may hold."""

import json

import pytest
from bs4 import BeautifulSoup
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import TimeRule

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.registry import facts, placements
from ethical_personalization.models import FactRule, SegmentPolicy
from tests.editor.conftest import DESK, EVENING, MANY_ORDERS, NEW, STYLES
from tests.editor.forms import RULES, errors_of, fields_of, text_of, with_rules

pytestmark = pytest.mark.django_db


#: A rule, the part of it that does not fit, and what is said there.
REFUSED = [
    (("stated.gone", "any_of", {"values": ["x"]}), "fact", "no longer available"),
    (("stated.styles", "", {}), "comparison", "Choose how"),
    (("stated.styles", "at_least", {"number": "3"}), "comparison", "does not fit"),
    (("stated.styles", "any_of", {}), "values", "Tick at least one value"),
    (("stated.styles", "any_of", {"values": ["baroque"]}), "values", "No longer available"),
    (("orders.count", "at_least", {"number": "many"}), "number", "Write a number"),
    (("orders.count", "at_least", {}), "number", "Write a number"),
    (("context.time", "between", {"start": "18:00"}), "start", "two different times"),
    (("context.query", "any_of", {"words": " "}), "words", "one per line"),
    (("context.referrer", "matches", {"words": "(a+)+"}), "words", "without repeated groups"),
]


def test_publishing_is_refused_at_each_part_that_does_not_fit(save):
    rules = [rule for rule, _part, _words in REFUSED]
    response = save(*rules, name="Wrong", shopper_benefit="Nice things.")
    assert response.status_code == 200
    assert not SegmentPolicy.objects.exists()
    page = BeautifulSoup(response.content, "html.parser")
    for number, (rule, part, words) in enumerate(REFUSED):
        wrapper = page.select_one(f"[name='{RULES}-{number}-{part}'], #id_{RULES}-{number}-{part}")
        said = wrapper.find_parent(attrs={"data-field-wrapper": True})
        assert words in said.select_one(".w-field__errors").get_text(), rule


def test_a_row_without_a_fact_is_no_rule(save):
    response = save(("", "any_of", {}), name="Wrong", shopper_benefit="Nice things.")
    assert "It has no rules yet" in errors_of(response)
    assert not SegmentPolicy.objects.exists()


def test_nothing_entered_is_lost_when_something_is_refused(save):
    response = save(
        ("stated.styles", "not:any_of", {"values": ["classic"], "group": "2"}),
        ("orders.count", "at_least", {"number": "many"}),
        name="Wrong",
        shopper_benefit="Nice things.",
    )
    fields = fields_of(response)
    assert fields["name"] == ["Wrong"]
    assert fields[f"{RULES}-0-comparison"] == ["not:any_of"]
    assert fields[f"{RULES}-0-values"] == ["classic"]
    assert fields[f"{RULES}-0-group"] == ["2"]
    assert fields[f"{RULES}-1-number"] == ["many"]


def test_a_draft_may_be_unfinished_and_is_kept(save, desk):
    save(
        ("stated.styles", "", {}),
        ("orders.count", "at_least", {"number": "many"}),
        ("stated.gone", "any_of", {"values": ["x"]}),
        name="Half done",
        action=None,
    )
    policy = SegmentPolicy.objects.get()
    response = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
    fields = fields_of(response)
    assert fields[f"{RULES}-1-number"] == ["many"]
    assert fields[f"{RULES}-2-fact"] == ["stated.gone"]
    assert "Choose how" in text_of(response)
    assert "stated.gone" in text_of(response)


def test_time_alone_is_refused_with_an_explanation(save):
    response = save(EVENING, name="Evening", shopper_benefit="Nice things.")
    assert "that no shopper has to allow" in errors_of(response)
    assert not SegmentPolicy.objects.exists()


def test_time_together_with_something_allowed_is_fine(save):
    save(EVENING, STYLES, name="Romantic evening", shopper_benefit="Nice things.")
    assert SegmentPolicy.objects.get().live


def test_time_as_an_alternative_is_refused(save):
    response = save(EVENING, STYLES, name="Either", **{"rules-joined_by": "any"})
    assert "that no shopper has to allow" in errors_of(response)


def test_a_segment_without_rules_can_be_a_draft_but_not_published(save):
    assert "It has no rules yet" in errors_of(save(name="Empty"))
    assert save(name="Empty", action=None).status_code == 302
    assert not SegmentPolicy.objects.get().live


def test_a_missing_benefit_is_mentioned_and_does_not_stop(save, desk):
    save(STYLES, name="Romantic")
    policy = SegmentPolicy.objects.get()
    assert policy.live
    response = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
    assert "does not say what the shopper gets" in text_of(response)


def test_a_stored_rule_whose_fact_is_gone_is_named_and_refused(policy, desk, styles):
    styles.delete()
    url = f"{DESK}/segments/edit/{policy.pk}/"
    response = desk.get(url)
    assert response.status_code == 200
    assert "“stated.styles” is no longer available" in text_of(response)
    assert fields_of(response)[f"{RULES}-0-values"] == ["romantic"]
    refused = desk.post(url, fields_of(response) | {"action-publish": "1"})
    assert "no longer available" in errors_of(refused)


def test_a_stored_value_that_is_gone_is_named(policy, desk, styles):
    styles.options = "classic"
    styles.save()
    response = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
    assert "No longer available: romantic" in text_of(response)
    assert fields_of(response)[f"{RULES}-0-values"] == ["romantic"]


def test_a_rule_that_lost_its_page_or_app_is_counted(policy, desk):
    SegmentPolicy.objects.update(definition={**policy.definition, "gone_app_rules": [{"pk": None}]})
    response = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
    assert "1 rule(s) can't be read" in text_of(response)


#: Of rules that no version of ours wrote.
STORED = [{"fact": "", "operator": ""}, {"fact": "x" * 90, "operator": "sparkles"}]
VALUES = [None, 7, "x", [], [1, None], {"a": 1}, [["deep"]]]


def test_whatever_is_stored_the_form_and_the_list_open(policy, desk):
    rest = {"pk": None, "segment": None, "negated": True, "group": 40}
    rows = [{**rest, **stored, "value": value} for stored in STORED for value in VALUES]
    for several in (rows, rows[:1], rows[-1:]):
        SegmentPolicy.objects.update(
            definition={"match_any": False, "ethical_personalization_factrules": several}
        )
        page = desk.get(f"{DESK}/segments/edit/{policy.pk}/")
        assert page.status_code == 200
        assert fields_of(page)[f"{RULES}-TOTAL_FORMS"] == [str(len(several))]
        assert desk.get(f"{DESK}/segments/").status_code == 200


def test_the_review_names_data_purposes_and_numbers(save, desk, allow):
    save(STYLES, MANY_ORDERS, name="Both", shopper_benefit="Nice things.")
    allow(2, "stated")
    allow(1, "stated", "orders")
    text = text_of(desk.get(f"{DESK}/segments/edit/{SegmentPolicy.objects.get().pk}/"))
    assert "What you tell us: 3 shoppers allow it now" in text
    assert "What you bought: 1 shopper allows it now" in text
    assert "1 shopper allows all of it." in text
    assert "“Number of your orders” is at least 3" in text


def test_only_colleagues_can_own_a_segment(desk, django_user_model):
    django_user_model.objects.create_user("shopper", "shopper@example.com", "pass-word-1")
    form = BeautifulSoup(desk.get(NEW).content, "html.parser")
    owners = [option.text for option in form.select("select[name=owner] option")]
    assert "chief" in owners
    assert "shopper" not in owners


def test_facts_are_grouped_by_the_purpose_they_need(blank_page):
    form = BeautifulSoup(blank_page()[0].content, "html.parser")
    groups = form.select_one(f"select[name='{RULES}-0-fact']").find_all("optgroup")
    assert [group["label"] for group in groups][:2] == ["What you tell us", "What you bought"]
    assert groups[-1]["label"] == "No permission needed"


def test_the_script_knows_what_fits_each_fact(blank_page):
    page = BeautifulSoup(blank_page()[0].content, "html.parser")
    data = json.loads(page.select_one("#ep-facts").string)
    shapes = {item["key"]: item["shape"] for item in data["orders.count"]["comparisons"]}
    assert shapes == dict.fromkeys(["at_least", "not:at_least", "at_most", "not:at_most"], "number")
    assert data["stated.styles"]["values"] == [["romantic", "romantic"], ["classic", "classic"]]


def test_placements_are_offered_from_the_registry(desk, save):
    with placements.temporarily(Placement(key="hero", title="Top of the page")):
        assert "Top of the page" in text_of(desk.get(NEW))
        save(STYLES, name="Romantic", placements=["hero"])
    assert SegmentPolicy.objects.get().placements == ["hero"]


def test_a_fact_of_another_app_can_be_used_at_once(save):
    fact = Fact(
        key="shop.club",
        label="Member of the club",
        kind=FactKind.BOOLEAN,
        purpose="orders",
        data_category="Account",
        source="From the club.",
        reader=lambda source: True,
        sentence=lambda evidence, values: "You are a member.",
        change_at="orders",
    )
    with facts.temporarily(fact):
        save(("shop.club", "is_true", {}), name="Club", shopper_benefit="Nice things.")
    assert FactRule.objects.get().value is None
    assert SegmentPolicy.objects.get().live


def test_a_rule_of_the_host_is_validated_as_well(desk, blank_page):
    fields = with_rules(blank_page()[1], STYLES) | {"name": "Romantic"}
    relation = "rules-wagtail_personalisation_timerules"
    fields |= {f"{relation}-TOTAL_FORMS": 1, f"{relation}-0-start_time": "noon"}
    response = desk.post(NEW, fields | {"action-publish": "1"})
    assert "Enter a valid time" in errors_of(response)
    fields |= {f"{relation}-0-start_time": "12:00", f"{relation}-0-end_time": "14:00"}
    desk.post(NEW, fields | {"action-publish": "1"})
    assert TimeRule.objects.get().segment == Segment.objects.get()


def test_more_rules_than_anybody_reads_are_refused_with_a_sentence(desk, blank_page):
    fields = with_rules(blank_page()[1], STYLES) | {"name": "Romantic"}
    many = {f"{RULES}-TOTAL_FORMS": 5_000, f"{RULES}-4999-fact": "orders.count"}
    response = desk.post(NEW, fields | many)
    assert "at most 50" in text_of(response)
    assert not SegmentPolicy.objects.exists()


def test_rules_that_do_not_fit_their_number_are_refused_and_all_come_back(desk, blank_page):
    fields = with_rules(blank_page()[1], STYLES, STYLES) | {"name": "Romantic"}
    for number, wrong in (("TOTAL", 1), ("INITIAL", 7), ("TOTAL", "x")):
        response = desk.post(NEW, fields | {f"{RULES}-{number}_FORMS": wrong})
        assert "does not fit the rules that arrived" in errors_of(response)
    assert not SegmentPolicy.objects.exists()
    desk.post(NEW, fields_of(response))
    definition = SegmentPolicy.objects.get().definition
    assert len(definition["ethical_personalization_factrules"]) == 2


def test_autosave_keeps_one_segment_and_each_rule_once(desk, blank_page):
    fields = with_rules(blank_page()[1], STYLES) | {"name": "Romantic"}
    first = desk.post(NEW, fields, headers={"accept": "application/json"})
    assert first.status_code == 200, first.content
    second = desk.post(
        first.json()["url"],
        fields | {"overwrite_revision_id": first.json()["revision_id"]},
        headers={"accept": "application/json"},
    )
    assert second.json()["success"], second.content
    policy = SegmentPolicy.objects.get()
    assert Segment.objects.count() == 1
    assert len(policy.definition["ethical_personalization_factrules"]) == 1
