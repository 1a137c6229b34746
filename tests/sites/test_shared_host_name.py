"""Two sites on one host name: browsers send both of them the same cookies."""

import json

import pytest
from django.core.signing import Signer
from django.test import RequestFactory
from django.views.debug import SafeExceptionReporterFilter

from ethical_personalization.models import ConsentState, Erasure, Purpose, Subject
from ethical_personalization.shopper.error_reports import hide_cookie
from ethical_personalization.testing import consent_given

pytestmark = pytest.mark.django_db


@pytest.fixture
def allowed(browser, nord, next_door):
    """A device that allows something on both sites."""
    for site in (nord, next_door):
        consent_given(browser.at(site).client, "stated")
    return browser


def states_on(site):
    found = ConsentState.objects.filter(site=site)
    return {state.purpose.key: state.event.status for state in found}


def permits(browser, site):
    """The purposes whose cards stand on yes and are in use there."""
    page = browser.at(site).opens().page
    return {
        card["id"].removeprefix("choice-")
        for card in page.select(".ep-choice")
        if card.select_one('input[value="yes"][checked]') and "On since" in card.get_text()
    }


def test_refusal_on_one_site_leaves_the_other_to_ask_for_itself(browser, nord, next_door):
    browser.at(nord).opens("/").presses("Refuse all")
    refused = browser.own_cookie
    assert browser.at(next_door).is_asked()
    browser.presses("Accept all")
    assert browser.is_asked() is None
    assert browser.at(nord).is_asked() is None
    assert browser.own_cookie == refused
    assert states_on(nord) == {}


def test_yes_on_one_site_is_not_taken_back_by_a_no_on_the_other(allowed, nord, next_door):
    allowed.at(next_door).opens().presses("Refuse all")
    assert permits(allowed, nord) == {"stated"}
    assert permits(allowed, next_door) == set()


def test_sites_know_one_device_by_two_pseudonyms(allowed):
    assert Subject.objects.count() == 2


def test_cookie_of_one_site_is_worth_nothing_under_the_name_of_the_other(browser, nord, next_door):
    consent_given(browser.at(nord).client, "stated")
    browser.client.cookies[f"ep_choices_{next_door.pk}"] = browser.own_cookie
    browser.client.cookies["ep_choices"] = browser.own_cookie
    assert permits(browser, next_door) == set()
    assert browser.at(next_door).is_asked()


def test_plain_cookie_of_the_only_site_still_counts_once_there_are_two(browser, nord):
    browser.at(nord).opens("/").presses("Refuse all")
    assert browser.carries("ep_choices")
    other = type(nord).objects.create(hostname=nord.hostname, port=1, root_page=nord.root_page)
    for default in (nord, other):
        type(nord).objects.update(is_default_site=False)
        type(nord).objects.filter(pk=default.pk).update(is_default_site=True)
        assert browser.at(nord).is_asked() is None
        assert browser.at(other).is_asked()
    browser.at(nord).opens().presses("Allow all")
    assert browser.own_cookie
    assert not browser.carries("ep_choices")


def test_numbered_cookie_still_counts_once_the_other_site_is_gone(browser, nord, next_door):
    browser.at(nord).opens("/").presses("Refuse all")
    next_door.delete()
    assert browser.is_asked() is None
    browser.opens().presses("Refuse all")
    assert (browser.own_cookie, bool(browser.carries("ep_choices"))) == ("", True)


def test_cookie_from_before_sites_had_their_own_is_the_default_sites(browser, nord, next_door):
    signed = Signer(salt="ethical_personalization.choices").sign("r.stated~zzzzz+orders~zzzzz")
    browser.client.cookies["ep_choices"] = signed
    assert browser.at(nord).is_asked() != browser.at(next_door).is_asked()


def test_pause_holds_on_both_until_it_ends_on_either(allowed, nord, next_door):
    allowed.at(nord).sends("pause/", pause="on")
    assert permits(allowed, next_door) == permits(allowed, nord) == set()
    allowed.at(next_door).sends("pause/", pause="off")
    assert permits(allowed, next_door) == permits(allowed, nord) == {"stated"}


def test_pause_holds_on_a_site_that_knows_nothing_of_her_yet(browser, nord, next_door):
    consent_given(browser.at(nord).client, "stated")
    browser.sends("pause/", pause="on")
    consent_given(browser.at(next_door).client, "stated")
    assert permits(browser, next_door) == set()


@pytest.mark.parametrize("has_pseudonym", [True, False])
def test_age_holds_on_both_until_she_takes_it_back_on_either(
    browser, nord, next_door, has_pseudonym
):
    if has_pseudonym:
        consent_given(browser.at(nord).client, "context")
    browser.at(nord).sends("age/", age="under")
    for site in (nord, next_door):
        assert browser.at(site).is_asked() is None
        assert not browser.opens().page.select("#choice-stated")
    browser.at(next_door).sends("age/", age="of_age")
    for site in (nord, next_door):
        assert browser.at(site).opens().page.select("#choice-stated")


def test_first_yes_of_who_is_under_age_next_door_takes_the_note(
    browser, nord, next_door, monkeypatch
):
    declared = Purpose.objects.get(key="context").declaration
    monkeypatch.setitem(declared.__dict__, "is_profiling", False)
    consent_given(browser.at(nord).client, "context")
    browser.sends("age/", age="under")
    consent_given(browser.at(next_door).client, "context")
    years = [subject.under_age_until.year for subject in Subject.objects.all()]
    assert years == [4000, 4000]


def test_erasing_on_one_site_erases_what_the_device_said_on_both(allowed, nord, next_door):
    allowed.at(nord).sends("your-data/erase/confirm/", do="confirm")
    assert Erasure.objects.count() == 2
    assert permits(allowed, nord) == permits(allowed, next_door) == set()
    allowed.at(next_door).sends("your-data/undo/", do="undo")
    assert permits(allowed, nord) == permits(allowed, next_door) == {"stated"}


def test_export_holds_what_the_device_said_on_both(allowed, nord, next_door):
    response = allowed.at(nord).sends("your-data/download/", do="download")
    told = json.dumps(json.loads(response.content))
    for key in Subject.objects.values_list("pk", flat=True):
        assert str(key) in told


def test_preference_center_names_the_other_site(allowed, nord, next_door):
    links = allowed.at(nord).opens().page.select("#history a")
    assert [link["href"] for link in links if "Next door" in link.text] == [
        f"http://{nord.hostname}:8000/preferences/"
    ]


def test_viewed_products_stay_where_the_other_site_may_keep_them(browser, nord, next_door):
    consent_given(browser.at(nord).client, "browsing")
    browser.client.cookies["oscar_history"] = "[1]"
    browser.at(next_door).opens("/")
    assert browser.carries("oscar_history") == "[1]"


def test_viewed_products_that_nobody_may_keep_are_taken_away(browser, nord, next_door):
    browser.client.cookies["oscar_history"] = "[1]"
    browser.at(next_door).opens("/")
    assert browser.carries("oscar_history") == ""


def test_error_reports_show_no_cookie_of_any_site():
    request = RequestFactory().get("/")
    request.COOKIES = {"ep_choices_7": "s.secret", "ep_choices_x": "not ours", "other": "shown"}
    hide_cookie(request)
    shown = request.exception_reporter_filter.get_safe_cookies(request)
    assert shown["ep_choices_7"] == SafeExceptionReporterFilter.cleansed_substitute
    assert (shown["ep_choices_x"], shown["other"]) == ("not ours", "shown")


def test_page_of_a_device_with_a_cookie_of_any_site_is_for_no_shared_cache(
    browser, nord, next_door
):
    browser.at(nord).opens("/").presses("Refuse all")
    assert "private" in browser.at(next_door).opens("/").response["Cache-Control"]
