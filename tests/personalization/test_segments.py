"""How stored rules become audiences, and what is never one."""

import logging

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from wagtail_personalisation.adapters import get_segment_adapter
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import (
    DayRule,
    DeviceRule,
    OriginCountryRule,
    QueryRule,
    ReferralRule,
    TimeRule,
    UserIsLoggedInRule,
    VisitCountRule,
)

from ethical_personalization.models import FactRule
from ethical_personalization.personalization import plan
from ethical_personalization.personalization.segments import decide_version
from ethical_personalization.shopper.vault import open_record

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"


@pytest.fixture
def shows(client, site):
    """Whether a request with the client's cookies is shown the version for a segment."""

    def ask(segment, path="/", **headers):
        request = RequestFactory().get(path, headers={"host": "testserver", **headers})
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        decision = decide_version(request, "test", {segment.pk: "version"}).decision
        return decision.is_personal

    return ask


def test_groups_are_alternatives_where_all_rules_are_wanted(client, segment, allow, shows):
    made = segment(
        "Groups",
        ("stated.styles", "any_of", ["romantic"], False, 1),
        ("stated.styles", "any_of", ["classic"], False, 1),
        ("stated.colours", "any_of", ["navy"]),
    )
    allow(client, "stated", styles=["classic"], colours=["navy"])
    assert shows(made)


def test_groups_belong_together_where_any_rule_is_wanted(client, segment, allow, shows):
    made = segment(
        "Groups",
        ("stated.styles", "any_of", ["romantic"], False, 1),
        ("stated.colours", "any_of", ["navy"], False, 1),
        ("stated.sizes", "any_of", ["M"]),
        match_any=True,
    )
    allow(client, "stated", styles=["romantic"], colours=["red"])
    assert not shows(made)


def test_rule_on_a_fact_that_is_gone_never_matches(client, segment, allow, shows):
    allow(client, "stated", styles=["romantic"])
    assert not shows(segment("Gone", ("gone.fact", "any_of", ["x"])))


@pytest.mark.parametrize(
    ("operator", "value"), [("gone", ["romantic"]), ("any_of", {"a": 1}), ("any_of", None)]
)
def test_rule_that_can_not_be_read_never_matches(client, segment, allow, shows, operator, value):
    allow(client, "stated", styles=["romantic"])
    made = segment("Broken", ("stated.styles", operator, value, True))
    assert not shows(made)


def test_segment_without_rules_matches_nobody(client, segment, allow, shows):
    allow(client, "stated", styles=["romantic"])
    assert not shows(segment("Empty"))


def test_segment_by_free_facts_alone_matches_nobody(client, segment, allow, shows):
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    rules = [("context.weekday", "one_of", days), ("stated.styles", "any_of", ["romantic"])]
    allow(client, "stated", styles=["romantic"])
    assert not shows(segment("Alone", rules[0]))
    assert not shows(segment("Either", *rules, match_any=True))
    assert shows(segment("Both", *rules))


def test_rule_class_that_nobody_declared_is_not_evaluated(client, segment, allow, shows):
    allow(client, "stated", styles=["romantic"])
    made = segment("Undeclared", ("stated.styles", "any_of", ["romantic"]))
    assert shows(made)
    with plan.rules.temporarily():
        plan.rules._items = {}
        assert not shows(made)


@pytest.mark.parametrize(
    ("model", "values", "headers", "path"),
    [
        (DeviceRule, {"mobile": True}, {"user-agent": PHONE}, "/"),
        (UserIsLoggedInRule, {"is_logged_in": False}, {}, "/"),
        (QueryRule, {"parameter": "utm", "value": "spring"}, {}, "/?utm=spring"),
        (ReferralRule, {"regex_string": "example"}, {"referer": "https://example.org/"}, "/"),
        (OriginCountryRule, {"country": "fr"}, {"x-country": "FR"}, "/"),
    ],
)
def test_rule_of_the_host_needs_its_purpose(
    client, segment, allow, shows, settings, model, values, headers, path
):
    settings.ETHICAL_PERSONALIZATION_COUNTRY_HEADER = "X-Country"
    made = segment("Host")
    model.objects.create(segment=made, **values)
    allow(client, "stated")
    assert not shows(made, path, **headers)
    allow(client, "context")
    assert shows(made, path, **headers)
    if headers or "?" in path:
        assert not shows(made)  # without the header or the query


@pytest.mark.parametrize("pattern", ["(", r"^https?://([a-z]+\.?)+/campaign$", "(a*)*", "a" * 300])
def test_pattern_that_is_wrong_or_slow_never_matches(client, segment, allow, shows, pattern):
    made = segment("Pattern")
    ReferralRule.objects.create(segment=made, regex_string=pattern)
    allow(client, "context")
    assert not shows(made, referer="https://" + "a" * 400)


def test_country_of_any_client_is_not_believed(client, segment, allow, shows):
    made = segment("Country")
    OriginCountryRule.objects.create(segment=made, country="fr")
    allow(client, "context")
    assert not shows(made, **{"cf-ipcountry": "FR"})


def test_days_and_times_of_the_host_never_stand_alone(client, segment, allow, shows):
    made = segment("Clock")
    DayRule.objects.create(segment=made, **dict.fromkeys(["mon", "sun"], True))
    TimeRule.objects.create(segment=made, start_time="22:00", end_time="06:00")
    allow(client, "context", "stated")
    assert not shows(made)


@pytest.mark.parametrize(
    ("operator", "count", "matches_after"),
    [("more_than", 1, {2, 3}), ("less_than", 2, {1}), ("equal_to", 2, {2})],
)
def test_visits_are_counted_for_who_allows_it_and_only_where_a_rule_asks(
    client, home, landing, segment, allow, shows, operator, count, matches_after
):
    made = segment("Visits")
    VisitCountRule.objects.create(
        segment=made, counted_page=landing, operator=operator, count=count
    )
    allow(client, "browsing")
    matched = set()
    for visits in (1, 2, 3):
        client.get("/linen/")
        client.get("/")
        if shows(made):
            matched.add(visits)
    assert matched == matches_after


def test_adapter_gives_the_host_only_permitted_segments(client, romantic, allow, site):
    request = RequestFactory().get("/", headers={"host": "testserver"})
    assert list(get_segment_adapter(request).get_segments()) == []
    allow(client, "stated", styles=["romantic"])
    request = RequestFactory().get("/", headers={"host": "testserver"})
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    adapter = get_segment_adapter(request)
    assert list(adapter.get_segments()) == [romantic]
    assert adapter.get_segment_by_id(romantic.pk) == romantic


def test_database_that_fails_while_deciding_gives_the_default(
    client, home, romantic, variant, allow, monkeypatch, caplog
):
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])

    def fail(*args, **kwargs):
        raise DatabaseError("romantic")

    monkeypatch.setattr(Segment.objects, "enabled", fail)
    with caplog.at_level(logging.ERROR, "ethical_personalization"):
        response = client.get("/")
    assert response.status_code == 200
    assert "For everybody" in response.content.decode()
    assert "romantic" not in caplog.text
    assert any("failed_closed" in record.message for record in caplog.records)


def test_number_of_queries_does_not_grow_with_segments(
    client, segment, allow, shows, django_assert_max_num_queries
):
    made = [segment(f"S{n}", ("stated.styles", "any_of", ["romantic"])) for n in range(20)]
    allow(client, "stated", styles=["romantic"])
    with django_assert_max_num_queries(27):  # the plan is compiled, with the tree of categories
        assert shows(made[-1])


def test_rule_in_the_hosts_own_form_is_validated(db, segment):
    rule = FactRule(segment=segment(), fact="basket.total", operator="any_of", value=["50"])
    with pytest.raises(Exception, match="at_least, at_most"):
        rule.full_clean()


def test_counted_visits_can_be_deleted_and_are_not_counted_against_her_word(
    client, landing, segment, allow
):
    made = segment("Visits")
    VisitCountRule.objects.create(segment=made, counted_page=landing, operator="more_than", count=1)
    subject = allow(client, "browsing")
    client.get("/linen/")
    assert open_record(subject.pk, "browsing") == {"visits": {str(landing.pk): 1}}
    fact = {"fact": f"browsing.page_visits.{landing.pk}"}
    headers = {"sec-fetch-site": "same-origin"}
    client.post("/preferences/facts/", {**fact, "use": "forget"}, headers=headers)
    assert open_record(subject.pk, "browsing") == {}
    client.post("/preferences/facts/", {**fact, "use": "no"}, headers=headers)
    client.get("/linen/")
    assert open_record(subject.pk, "browsing") == {}
