"""The desks for purposes and questions."""

import pytest
from bs4 import BeautifulSoup
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.registry import purposes
from ethical_personalization.models import ConsentMethod, PreferenceQuestion, Purpose, Subject
from ethical_personalization.models.age import age_limit_on
from ethical_personalization.shopper.audience_size import given_by_purpose
from ethical_personalization.shopper.ledger import Occasion, record_answers
from tests.editor.conftest import DESK
from tests.editor.forms import errors_of, fields_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def purpose(db):
    return Purpose.objects.get(key="stated")


def change(desk, purpose, **changes):
    """Open the purpose's form, change fields, send it; what the editor reads then."""
    url = f"{DESK}/purposes/edit/{purpose.pk}/"
    return desk.post(url, fields_of(desk.get(url)) | changes)


def confirm(desk, purpose, response):
    """Tick the box on the form that came back, and send that."""
    page = BeautifulSoup(response.content, "html.parser")
    sent = fields_of(response) | {"confirmed": page.select_one("[name=confirmed]")["value"]}
    return desk.post(f"{DESK}/purposes/edit/{purpose.pk}/", sent)


def test_purposes_are_listed_with_those_who_allow_them(desk, allow):
    allow(3, "stated")
    listing = BeautifulSoup(desk.get(f"{DESK}/purposes/").content, "html.parser")
    row = listing.select_one("main tbody tr")
    assert "What you tell us" in row.text
    assert "3" in row.text


def test_who_paused_everything_is_not_even_counted(allow):
    allow(2, "stated")
    Subject.objects.filter(pk=Subject.objects.first().pk).update(restricted_at=timezone.now())
    assert given_by_purpose(now=timezone.now())["stated"] == 1


def test_a_purpose_can_be_neither_added_nor_deleted(desk, purpose):
    text = text_of(desk.get(f"{DESK}/purposes/edit/{purpose.pk}/"))
    assert "Delete" not in text
    for name in ("add", "delete", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"ethical_personalization_purposes:{name}")
    assert desk.get(f"{DESK}/purposes/new/").status_code == 404
    assert desk.get(f"{DESK}/purposes/delete/{purpose.pk}/").status_code == 404


def test_new_words_are_saved_after_the_editor_has_read_that_nobody_is_asked(desk, purpose, allow):
    allow(2, "stated")
    response = change(desk, purpose, title="Your tastes")
    assert "changes the wording only" in errors_of(response)
    assert "Nobody is asked again: 2 shoppers who allowed the purpose" in errors_of(response)
    assert Purpose.objects.get(pk=purpose.pk).title == ""
    saved = confirm(desk, purpose, response)
    assert "nobody is asked again" in text_of(desk.get(saved.url))
    assert Purpose.objects.get(pk=purpose.pk).title == "Your tastes"
    assert purpose.versions.count() == 1


@pytest.mark.parametrize("terms", [{"retention_days": "30"}, {"recipients": "Parcel Ltd"}])
def test_new_terms_are_saved_after_the_editor_has_read_whom_they_ask(desk, purpose, allow, terms):
    allow(2, "stated")
    allow(3, "orders")
    response = change(desk, purpose, **terms)
    assert "2 shoppers who allowed it will be asked again, once and about this purpose only" in (
        errors_of(response)
    )
    assert "Not saved yet" in errors_of(response)
    assert purpose.versions.count() == 1
    confirm(desk, purpose, response)
    assert purpose.versions.count() == 2


def test_who_paused_is_counted_among_those_whom_new_terms_will_ask(desk, purpose, allow):
    allow(2, "stated")
    Subject.objects.filter(pk=Subject.objects.first().pk).update(restricted_at=timezone.now())
    response = change(desk, purpose, retention_days="30")
    assert "2 shoppers who allowed it will be asked again" in errors_of(response)


def test_new_terms_of_what_rests_on_no_consent_say_whom_they_concern(
    desk, purpose, allow, monkeypatch
):
    allow(3, "orders")
    declared = purposes.get("stated")
    monkeypatch.setitem(declared.__dict__, "basis", LawfulBasis.LEGITIMATE_INTEREST)
    against = Subject.objects.first()
    occasion = Occasion(
        site=Site.objects.get(is_default_site=True),
        language="en",
        method=ConsentMethod.API,
        words={"text": "?"},
        now=timezone.now(),
    )
    record_answers(against, {"stated": False}, occasion)
    response = change(desk, purpose, recipients="Parcel Ltd")
    assert "it goes on for 2 shoppers whom the shop knows" in errors_of(response)
    assert "asked again" not in errors_of(response)


def test_confirmation_is_of_this_change_and_of_no_other(desk, purpose, allow):
    allow(1, "stated")
    response = change(desk, purpose, title="Your tastes")
    page = BeautifulSoup(response.content, "html.parser")
    token = page.select_one("[name=confirmed]")["value"]
    other = change(desk, purpose, title="Your tastes", retention_days="30", confirmed=token)
    assert "1 shopper who allowed it will be asked again" in errors_of(other)
    assert purpose.versions.count() == 1


def test_confirmation_is_never_ticked_beforehand(desk, purpose):
    response = change(desk, purpose, title="Your tastes", confirmed="on")
    page = BeautifulSoup(response.content, "html.parser")
    assert not page.select_one("[name=confirmed]").has_attr("checked")


def test_stopping_an_offer_says_how_many_it_concerns(desk, purpose, allow):
    allow(1, "stated")
    url = f"{DESK}/purposes/edit/{purpose.pk}/"
    sent = {name: value for name, value in fields_of(desk.get(url)).items() if name != "is_offered"}
    response = desk.post(url, sent)
    assert "nothing is used for it: 1 shopper who allows it" in errors_of(response)
    confirm(desk, purpose, response)
    assert not Purpose.objects.get(pk=purpose.pk).is_offered


def test_place_in_the_list_needs_no_confirmation(desk, purpose):
    assert change(desk, purpose, sort_order="7").status_code == 302


def test_nothing_is_to_be_confirmed_before_a_change(desk, purpose):
    assert b"confirmed" not in desk.get(f"{DESK}/purposes/edit/{purpose.pk}/").content


def test_policy_on_global_privacy_control_is_no_change_of_terms(desk, purpose):
    assert purpose.honours_gpc
    change(desk, purpose, honours_gpc="")
    purpose.refresh_from_db()
    assert not purpose.honours_gpc
    assert purpose.versions.count() == 1


def test_age_of_a_site_is_set_and_kept_within_the_law(desk):
    url = f"{DESK}/ages/new/"
    site = Site.objects.get(is_default_site=True)
    assert "greater than or equal to 13" in errors_of(desk.post(url, {"site": site.pk, "age": 12}))
    desk.post(url, {"site": site.pk, "age": 14})
    assert age_limit_on(site.pk) == 14
    assert "14" in text_of(desk.get(f"{DESK}/ages/"))


def test_the_standard_words_stand_in_the_empty_fields(desk, purpose):
    page = BeautifulSoup(desk.get(f"{DESK}/purposes/edit/{purpose.pk}/").content, "html.parser")
    assert page.select_one("[name=title]")["placeholder"] == "What you tell us"


def test_a_purpose_whose_code_is_gone_can_still_be_reworded(desk):
    purpose = Purpose.objects.create(key="gone", retention_days=10)
    response = confirm(desk, purpose, change(desk, purpose, title="Gone"))
    assert response.status_code == 302


def question(desk, **changes):
    url = f"{DESK}/questions/new/"
    return desk.post(url, fields_of(desk.get(url)) | {"key": "fit", "title": "Fit?"} | changes)


def test_a_question_takes_the_values_of_an_attribute(desk, size_attribute):
    question(desk, source="attribute", attribute_code="fit")
    assert PreferenceQuestion.objects.get(key="fit").attribute_code == "fit"
    assert "Slim" in text_of(desk.get(f"{DESK}/questions/"))


def test_an_attribute_that_does_not_exist_is_refused_with_those_that_do(desk, size_attribute):
    response = question(desk, source="attribute", attribute_code="weight")
    assert "“weight” is no attribute with a list of values; there are: fit" in errors_of(response)


def test_a_question_needs_answers(desk):
    assert "Write at least one answer" in errors_of(question(desk, source="options"))


def test_a_bad_key_is_refused(desk):
    response = question(desk, key="Shoe Size", options="38")
    assert "lower-case letters" in errors_of(response)


def test_the_key_stays_once_the_question_is_there(desk, styles):
    url = f"{DESK}/questions/edit/{styles.pk}/"
    fields = fields_of(desk.get(url)) | {"key": "other", "title": "Your styles?"}
    desk.post(url, fields)
    styles.refresh_from_db()
    assert (styles.key, styles.title) == ("styles", "Your styles?")


def test_a_stored_attribute_that_is_gone_is_named(desk, styles):
    PreferenceQuestion.objects.filter(pk=styles.pk).update(
        source="attribute", attribute_code="mood"
    )
    page = desk.get(f"{DESK}/questions/edit/{styles.pk}/")
    assert b"mood (not in the catalogue)" in page.content


def test_deleting_a_question_names_the_segments_that_use_it(policy, desk, styles):
    url = f"{DESK}/questions/delete/{styles.pk}/"
    assert "will fit nobody until their rules are changed: Romantic" in text_of(desk.get(url))
    desk.post(url)
    assert not PreferenceQuestion.objects.filter(pk=styles.pk).exists()


def test_lists_do_not_show_the_search_of_the_shop(desk):
    for screen in ("purposes", "questions"):
        assert b"Relevancy" not in desk.get(f"{DESK}/{screen}/").content
