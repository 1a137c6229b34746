"""What the host's rules do to a page."""

from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from django.utils import timezone
from wagtail_personalisation import rules

from tests.peer_site.models import StrictRule

from .conftest import LOADED_AT_START

FRIENDS = b"For friends"
STAND_INS = Path(__file__).parent.parent / "stand_ins"


@pytest.fixture
def served(member, linen, segment, variant):
    """The page as the member gets it if a segment has this rule besides."""

    def make(*more, query="", headers=None, **fields):
        variant(linen, segment(*more, **fields))
        return member.get(f"/linen/{query}", headers=headers)

    return make


def test_pattern_that_is_none_breaks_no_page(served):
    response = served(rules.ReferralRule(regex_string="(unclosed"), headers={"Referer": "x"})
    assert response.status_code == 200


def test_pattern_that_explodes_costs_no_time(served):
    started = process_time()
    served(
        rules.ReferralRule(regex_string=r"^https?://([a-z]+\.?)+/campaign$"),
        headers={"Referer": "http://" + "a" * 25},
    )
    assert process_time() - started < 0.5


def test_rule_that_extends_another_is_not_taken_for_it(served):
    strict = StrictRule(parameter="from", value="friends")
    response = served(strict, query="?from=friends", match_any=True, logged_in=False)
    assert response.status_code == 200
    assert FRIENDS not in response.content


def test_client_without_a_name_gets_the_page(served):
    assert served(rules.DeviceRule(desktop=True)).status_code == 200


def test_worker_starts_without_the_patterns_of_browsers():
    assert "django" in LOADED_AT_START
    assert "ua_parser_builtins.regexes" not in LOADED_AT_START


def test_country_is_not_taken_from_any_client(served):
    headers = {"CF-IPCountry": "NL"}
    response = served(rules.OriginCountryRule(country="nl"), headers=headers)
    assert response.status_code == 200
    assert FRIENDS not in response.content


def test_country_without_a_database_breaks_no_page(served):
    assert served(rules.OriginCountryRule(country="nl")).status_code == 200


def test_country_of_an_unknown_address_breaks_no_page(served, settings):
    settings.GEOIP_PATH = STAND_INS / "GeoLite2-Country.mmdb"
    assert served(rules.OriginCountryRule(country="nl")).status_code == 200


def test_time_is_the_sites(served, settings):
    hour = timezone.now().hour
    settings.TIME_ZONE = "Asia/Tokyo" if hour < 12 else "America/New_York"  # far from midnight
    now = timezone.localtime()
    start, end = ((now + timedelta(hours=hours)).time() for hours in (-1, 1))
    assert start < end
    assert FRIENDS in served(rules.TimeRule(start_time=start, end_time=end)).content


def test_day_is_the_sites(served, settings):
    early = timezone.now().hour < 11  # it is yesterday in the one, or tomorrow in the other
    settings.TIME_ZONE = "Pacific/Pago_Pago" if early else "Pacific/Kiritimati"
    day = timezone.localtime().weekday()
    assert day != timezone.now().weekday()
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day]
    assert FRIENDS in served(rules.DayRule(**{name: True})).content


def test_time_reaches_over_midnight(served, settings):
    settings.TIME_ZONE = "UTC"
    now = timezone.now()
    start, end = (2, 1) if now.hour < 12 else (-1, -2)
    start, end = ((now + timedelta(minutes=minutes)).time() for minutes in (start, end))
    assert start > end
    assert FRIENDS in served(rules.TimeRule(start_time=start, end_time=end)).content


def test_persistent_membership_ends_with_its_rule(member, served):
    rule = rules.QueryRule(parameter="from", value="mail")
    assert FRIENDS in served(rule, query="?from=mail", persistent=True).content
    assert FRIENDS not in member.get("/linen/").content
