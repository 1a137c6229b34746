"""Who keeps an answer, what the device carries on, and what login changes."""

from datetime import timedelta

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ethical_personalization.core.consent import Consent, ConsentStatus
from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Purpose,
    SealedRecord,
    Subject,
)
from ethical_personalization.shopper.answers import answer, proposed_purposes
from ethical_personalization.shopper.profile import save_stated, set_excluded
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.shopper.vault import open_record
from ethical_personalization.transparency.offered import offered_at_hand
from ethical_personalization.transparency.open_questions import questions_for

pytestmark = pytest.mark.django_db
WORDS = {"heading": "May we?"}
HOUR = timedelta(hours=1)


@pytest.fixture
def device(site, request_with):
    """A browser: it keeps our cookie between answers, and may be logged in."""

    class Device:
        cookie = None
        user = None
        now = timezone.now()

        def shopper(self):
            made = Shopper(request_with(self.cookie, self.user))
            made.now = self.now
            return made

        def answers(self, *, takes_over=False, **answers):
            outcome = answer(
                self.shopper(),
                answers,
                method=ConsentMethod.BANNER,
                words=WORDS,
                takes_over=takes_over,
            )
            response = HttpResponse()
            outcome.tell(response)
            self.cookie = response.cookies["ep_choices"].value or None
            return outcome

        def logs_in(self, user):
            request = request_with(self.cookie, user)
            user_logged_in.send(sender=type(user), request=request, user=user)
            self.user = user

        def later(self, by=HOUR):
            self.now += by
            return self

    return Device


def test_refusal_creates_no_subject(device):
    phone = device()
    phone.answers(stated=False, orders=False)
    assert Subject.objects.count() == 0
    assert set(phone.shopper().device.refused) == {"stated", "orders"}
    assert phone.shopper().permitted == frozenset()


def test_first_yes_creates_the_subject_and_keeps_the_earlier_refusal(device):
    phone = device()
    phone.answers(orders=False)
    phone.later().answers(stated=True)
    shopper = phone.shopper()
    assert shopper.permitted == {"stated"}
    assert shopper.consent.status("orders", now=phone.now) is ConsentStatus.REFUSED


def test_withdrawal_deletes_what_was_kept_for_the_purpose(device):
    phone = device()
    subject = phone.answers(stated=True).subject
    save_stated(subject.pk, {"styles": ["romantic"]}, now=phone.now)
    phone.later().answers(stated=False)
    assert not SealedRecord.objects.filter(name="stated").exists()
    assert phone.shopper().permitted == frozenset()


def test_account_keeps_its_choices_and_the_device_carries_none_of_them(device, user):
    laptop = device()
    laptop.logs_in(user)
    laptop.answers(stated=True)
    assert laptop.cookie is None
    assert laptop.shopper().permitted == {"stated"}
    laptop.user = None
    assert laptop.shopper().permitted == frozenset()


def test_pseudonym_of_an_account_gives_nothing_to_who_copies_it(device, user, request_with):
    phone = device()
    phone.answers(stated=True)
    copied = phone.cookie
    Subject.objects.update(user=user)
    assert Shopper(request_with(copied)).permitted == frozenset()


def test_older_refusal_affects_this_device_only(device, user):
    phone, laptop = device(), device()
    phone.answers(stated=False)
    laptop.logs_in(user)
    laptop.later().answers(stated=True)
    phone.later(2 * HOUR).logs_in(user)
    assert phone.shopper().permitted == frozenset()
    assert laptop.shopper().permitted == {"stated"}


def test_newer_refusal_takes_the_account_back(device, user):
    phone, laptop = device(), device()
    laptop.logs_in(user)
    laptop.later(-3 * HOUR).answers(stated=True)
    phone.later(-HOUR).answers(stated=False)
    phone.logs_in(user)
    assert laptop.shopper().permitted == frozenset()
    status = laptop.shopper().consent.status("stated", now=laptop.now)
    assert status is ConsentStatus.WITHDRAWN


def test_later_choice_on_the_device_wins_over_its_refusal(device, user):
    phone = device()
    phone.answers(stated=False)
    phone.logs_in(user)
    phone.later().answers(stated=True)
    assert phone.shopper().permitted == {"stated"}
    assert phone.cookie is None


def test_anonymous_yes_is_proposed_to_the_account_and_not_taken_over(device, user):
    phone = device()
    phone.answers(stated=True, orders=False)
    phone.logs_in(user)
    shopper = phone.shopper()
    assert shopper.permitted == frozenset()
    assert proposed_purposes(shopper) == ("stated",)


def test_confirmed_proposal_hands_the_answers_over_and_leaves_none_behind(device, user):
    phone = device()
    anonymous = phone.answers(stated=True).subject
    save_stated(anonymous.pk, {"styles": ["romantic"]}, now=phone.now)
    phone.logs_in(user)
    account = phone.later().answers(takes_over=True, stated=True).subject
    assert account.user == user
    assert open_record(account.pk, "stated")["styles"]["values"] == ["romantic"]
    assert open_record(anonymous.pk, "stated") == {}


def test_refusal_of_a_logged_in_visitor_without_subject_creates_none(device, user):
    laptop = device()
    laptop.logs_in(user)
    laptop.answers(stated=False)
    assert Subject.objects.count() == 0
    assert laptop.shopper().device.refused.keys() == {"stated"}


def test_answer_on_one_purpose_leaves_the_device_its_other_refusals(device, user):
    phone, laptop = device(), device()
    phone.answers(stated=True, orders=False)
    laptop.logs_in(user)
    laptop.later().answers(orders=True)
    phone.later(2 * HOUR).logs_in(user)
    phone.answers(takes_over=True, stated=True)
    assert phone.shopper().permitted == {"stated"}
    assert phone.cookie.startswith("r.orders~")


def test_taking_over_keeps_the_instructions_of_the_device(device, user):
    phone = device()
    anonymous = phone.answers(stated=True).subject
    set_excluded(anonymous.pk, "stated.styles", excluded=True, now=phone.now)
    phone.logs_in(user)
    phone.later().answers(takes_over=True, stated=True)
    assert "stated.styles" in phone.shopper().instructions.excluded


def test_account_takes_nothing_from_the_device_without_being_asked(device, user):
    shared = device()
    somebody = shared.answers(stated=True).subject
    save_stated(somebody.pk, {"styles": ["romantic"]}, now=shared.now)
    shared.logs_in(user)
    account = shared.later().answers(stated=True, orders=True).subject
    assert open_record(account.pk, "stated") == {}
    assert open_record(somebody.pk, "stated") != {}
    assert shared.shopper().anonymous_subject == somebody


def test_device_whose_refusals_can_not_be_read_permits_nothing(device, user, monkeypatch):
    phone, laptop = device(), device()
    laptop.logs_in(user)
    laptop.answers(orders=True)
    phone.answers(stated=True, orders=False)
    phone.user = user

    def fail(shopper):
        raise DatabaseError

    monkeypatch.setattr("ethical_personalization.shopper.shopper.find_device_choices", fail)
    assert phone.shopper().permitted == frozenset()


def test_each_refusal_keeps_its_own_time(device, user):
    phone, laptop = device(), device()
    phone.later(-5 * HOUR).answers(orders=False)
    laptop.logs_in(user)
    laptop.later(-3 * HOUR).answers(orders=True)
    phone.later(4 * HOUR).answers(context=False)
    phone.logs_in(user)
    assert laptop.shopper().permitted == {"orders"}


def test_earlier_refusal_is_not_recorded_under_words_that_never_named_it(device):
    phone = device()
    phone.answers(orders=False)
    phone.later().answers(stated=True)
    event = ConsentEvent.objects.get(purpose_version__purpose__key="orders")
    assert event.notice.words != WORDS


def is_asked(device):
    shopper = device.shopper()
    asked = questions_for(shopper, offered_at_hand(shopper.request))
    return asked is None or bool(asked)


def test_yes_that_changed_materially_is_asked_again(device):
    phone = device()
    phone.answers(stated=True, orders=False)
    assert not is_asked(phone)
    purpose = Purpose.objects.get(key="stated")
    purpose.recipients = "A parcel service"
    purpose.save()
    assert is_asked(phone)
    phone.later().answers(stated=False)
    assert not is_asked(phone)


def test_pseudonym_that_leads_nowhere_is_no_answer(device):
    phone = device()
    subject = phone.answers(stated=True).subject
    assert not is_asked(phone)
    ConsentState.objects.filter(subject=subject).delete()
    assert is_asked(phone)


def test_device_keeps_its_refusals_where_purposes_can_not_be_read(device, user):
    phone = device()
    phone.answers(stated=False)
    phone.logs_in(user)
    shopper = phone.later().shopper()
    shopper.consent = Consent()  # what a page goes on with
    outcome = answer(shopper, {"orders": True}, method=ConsentMethod.API, words=WORDS)
    assert set(outcome.refused) == {"stated"}


def test_login_by_code_without_a_browser_is_no_failure(django_user_model, caplog):
    user = django_user_model.objects.create_user("ada", "ada@example.com", "a-test-password")
    user_logged_in.send(sender=type(user), request=HttpRequest(), user=user)
    assert caplog.text == ""
