"""Cookies and signed values that are forged, replayed or swapped give nothing."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from ethical_personalization.models import ConsentState, Subject
from ethical_personalization.preferences.overtaken import digest_of_answers
from ethical_personalization.shopper.cookie import write_refusals, write_subject
from ethical_personalization.shopper.profile import stated_answers
from tests.preferences.visitor import Visitor
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import CENTER, everything_kept

pytestmark = pytest.mark.django_db
COOKIE, SALT = "ep_choices", "ethical_personalization.choices"


def sees(cookie):
    """Whether the preference center shows what the fabric's shopper had told."""
    client = Client()
    client.cookies[COOKIE] = cookie
    page = client.get(CENTER).content.decode()
    return 'value="wool" checked' in page


def test_cookie_of_the_shopper_herself_shows_what_she_told(told):
    assert sees(told().cookies[COOKIE].value)


def test_pseudonym_without_a_signature_shows_nothing(told):
    key = told().subject.pk.hex
    forged = (f"s.{key}", f"s.{key}:", f"s.{key}:{'x' * 43}", key, f"s.{key}:null")
    assert not any(map(sees, forged))


@pytest.mark.parametrize("salt", ["", "django.core.signing.Signer", "ethical_personalization"])
def test_pseudonym_signed_for_something_else_shows_nothing(told, salt):
    key = told().subject.pk.hex
    assert not sees(signing.Signer(salt=salt).sign(f"s.{key}"))
    assert not sees(signing.TimestampSigner(salt=SALT).sign(f"s.{key}"))
    assert not sees(signing.dumps(f"s.{key}", salt=SALT))


def test_pseudonym_signed_by_another_shop_shows_nothing(told):
    key = told().subject.pk.hex
    assert not sees(signing.Signer(key="another shop's", salt=SALT).sign(f"s.{key}"))


def test_signature_of_one_pseudonym_does_not_fit_another(told):
    mine, hers = told(), told()
    _value, signature = mine.cookies[COOKIE].value.split(":")
    assert not sees(f"s.{hers.subject.pk.hex}:{signature}")


def test_other_signed_values_of_the_shop_are_no_cookie_of_ours(told, account):
    client = told(account("somebody"))
    assert not sees(client.cookies["sessionid"].value)
    assert not sees(signing.dumps({"s": str(client.subject.pk)}))


def test_cookie_of_an_account_can_not_be_made_from_its_subject(told, account):
    subject = told(account("somebody")).subject
    assert not sees(signing.Signer(salt=SALT).sign(f"s.{subject.pk.hex}"))


def test_cookie_from_before_a_withdrawal_brings_nothing_back():
    visitor = Visitor().opens().presses("Allow all")
    earlier = visitor.cookie
    visitor.opens().presses("Refuse all")
    replaying = Client()
    replaying.cookies[COOKIE] = earlier
    replaying.get(CENTER)
    statuses = set(ConsentState.objects.values_list("event__status", flat=True))
    assert statuses == {"withdrawn"}
    assert "On since" not in replaying.get(CENTER).content.decode()


def test_cookie_of_a_subject_that_is_gone_shows_and_changes_nothing(told):
    client = told()
    cookie = client.cookies[COOKIE].value
    client.post(f"{CENTER}choices/", {"where": "center", "answer": "none"}, headers=SAME_ORIGIN)
    ConsentState.objects.filter(subject=client.subject).delete()
    before = everything_kept()
    assert not sees(cookie)
    assert everything_kept() == before


def test_refusal_of_before_does_not_undo_a_later_yes(told, settings):
    client, response = told(), HttpResponse()
    write_refusals(response, {"stated": client.subject.created_at})
    other = Client()
    other.cookies[COOKIE] = response.cookies[COOKIE].value
    other.get(CENTER)
    assert sees(client.cookies[COOKIE].value)


def test_words_of_a_form_can_not_be_taken_from_another_form(client):
    visitor = Visitor().opens()
    prints = {f["value"] for f in visitor.page.select('input[name="notice"]')}
    for fingerprint in prints:
        body = {"where": "banner", "answer": "all", "notice": fingerprint}
        assert client.post(f"{CENTER}choices/", body, headers=SAME_ORIGIN).status_code == 409
    assert not Subject.objects.exists()


def test_answers_go_to_the_subject_of_the_cookie_and_no_other(told):
    mine, hers = told(), told()
    stood = digest_of_answers({"fabric": ["wool"]})
    body = {"save": "save", "question": "fabric", "likes-fabric": "silk", "stood": stood}
    for more in ({"subject": str(hers.subject.pk)}, {"user": "1"}, {"id": hers.subject.pk.hex}):
        mine.post(f"{CENTER}likes/", body | more, headers=SAME_ORIGIN)
    assert stated_answers(mine.subject.pk) == {"fabric": ("silk",)}
    assert stated_answers(hers.subject.pk) == {"fabric": ("wool",)}


def test_cookie_can_be_bound_to_the_host(settings):
    settings.ETHICAL_PERSONALIZATION_COOKIE_NAME = "__Host-ep_choices"
    settings.ETHICAL_PERSONALIZATION_COOKIE_SECURE = True
    subject, response = Subject.objects.create(), HttpResponse()
    write_subject(response, subject.pk)
    cookie = response.cookies["__Host-ep_choices"]
    assert (cookie["path"], cookie["domain"], cookie["secure"]) == ("/", "", True)


def test_cookie_that_is_bound_to_the_host_can_be_taken_away(settings):
    settings.ETHICAL_PERSONALIZATION_COOKIE_NAME = "__Host-ep_choices"
    settings.ETHICAL_PERSONALIZATION_COOKIE_SECURE = True
    response = HttpResponse()
    write_refusals(response, {})
    cookie = response.cookies["__Host-ep_choices"]
    assert (cookie["path"], cookie["secure"], cookie["max-age"]) == ("/", True, 0)


def test_old_secret_key_still_opens_and_a_foreign_one_does_not(told, settings):
    cookie = told().cookies[COOKIE].value
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new one"
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = None
    assert not sees(cookie)
    settings.SECRET_KEY_FALLBACKS = [former]
    client = Client()
    client.cookies[COOKIE] = cookie
    assert "On since" in client.get(CENTER).content.decode()
