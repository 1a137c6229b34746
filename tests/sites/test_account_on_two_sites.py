"""One account on two host names: choices are apart, what concerns the person is not."""

import pytest

from ethical_personalization.models import ConsentState, Controller, Notice, Subject
from ethical_personalization.models.age import AgeLimit
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.testing import consent_given

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(browser, another_browser, user, nord, sued):
    """Logged in on both sites, with a yes to something else on each."""
    for visitor, site, purpose in ((browser, nord, "stated"), (another_browser, sued, "orders")):
        visitor.at(site).client.force_login(user)
        consent_given(visitor.client, purpose)
    return Subject.objects.get()


def test_account_is_one_subject_with_choices_of_each_site(account, nord, sued):
    assert permitted_now(account.pk, nord) == {"stated"}
    assert permitted_now(account.pk, sued) == {"orders"}


def test_no_on_one_site_takes_back_nothing_on_the_other(account, browser, nord, sued):
    browser.opens().presses("Refuse all")
    assert permitted_now(account.pk, nord) == frozenset()
    assert permitted_now(account.pk, sued) == {"orders"}


@pytest.mark.parametrize(
    ("path", "said"),
    [("pause/", {"pause": "on"}), ("your-data/erase/confirm/", {"do": "confirm"})],
)
def test_pause_and_erasure_hold_on_every_site(account, browser, nord, sued, path, said):
    browser.sends(path, **said)
    for site in (nord, sued):
        assert permitted_now(account.pk, site) == frozenset()


def test_age_withdraws_on_every_site(account, browser, nord, sued):
    browser.sends("age/", age="under")
    statuses = ConsentState.objects.values_list("event__status", flat=True)
    assert "given" not in statuses


def test_export_names_the_sites(account, browser, nord, sued):
    told = browser.sends("your-data/download/", do="download").content.decode()
    assert nord.hostname in told
    assert sued.hostname in told


def test_preference_center_names_the_other_site(account, browser, sued):
    links = browser.opens().page.select("#history a")
    assert f"http://{sued.hostname}/preferences/" in [link["href"] for link in links]


def test_account_with_choices_on_one_site_alone_is_told_of_no_other(browser, user, nord, sued):
    browser.at(nord).client.force_login(user)
    consent_given(browser.client, "stated")
    assert "You have also chosen" not in browser.opens().text


def test_controller_and_age_are_those_of_the_site(browser, another_browser, nord, sued):
    Controller.objects.create(site=sued, name="Süd GmbH")
    AgeLimit.objects.create(site=sued, age=14)
    assert "Süd GmbH" in another_browser.at(sued).opens("/").text
    assert "under 14" in another_browser.opens().text
    assert "Süd GmbH" not in browser.at(nord).opens("/").text
    assert "under 16" in browser.opens().text


def test_each_site_keeps_its_notice_in_its_language(browser, another_browser, nord, sued):
    for visitor, site, language, button in (
        (browser, nord, "en", "Accept all"),
        (another_browser, sued, "de", "Alle akzeptieren"),
    ):
        visitor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        visitor.client.cookies["django_language"] = language
        visitor.at(site).opens("/").presses(button)
    kept = {notice.site_id: notice.language for notice in Notice.objects.all()}
    assert kept == {nord.pk: "en", sued.pk: "de"}


def test_language_switch_asks_nobody_again_on_either_site(browser, another_browser, nord, sued):
    for visitor, site in ((browser, nord), (another_browser, sued)):
        visitor.at(site).opens("/").presses("Accept all")
        for language in ("de", "fr", "en"):
            visitor.client.cookies["django_language"] = language
            assert visitor.is_asked() is None
