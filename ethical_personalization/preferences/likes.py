"""Saves what the shopper says she likes, together with her yes to its use where that is missing."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.core.exceptions import AnsweredBefore
from ethical_personalization.facts.stated import PURPOSE
from ethical_personalization.models import ConsentMethod, PreferenceQuestion, Subject
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.profile import save_stated, stated_answers
from ethical_personalization.shopper.request_keys import new_key
from ethical_personalization.shopper.shopper import Shopper, find_known, shopper_for
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.screens import Words, fingerprint, screen_of, style_of

from .center import center_page
from .confirmation import confirmation_page
from .forms import LikesForm
from .languages import in_language_of_form
from .notices import likes_confirmation_notice, likes_notice
from .overtaken import (
    Answers,
    answer_in_words,
    are_overtaken,
    ask_which_hold,
    both_answers,
    digest_for,
    fields_of,
)
from .questions import live_questions
from .replies import endpoint, not_understood, refusal, saved, saving


def confirm_likes(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    questions = live_questions()
    form = LikesForm(request.POST, questions=questions)
    if not form.is_valid():
        return not_understood(request)
    return _ask(request, form, questions)


@endpoint("POST")
@in_language_of_form
@same_origin_or_csrf(confirm_likes)
def save_likes(request: HttpRequest) -> HttpResponse:
    """Replace the answers to the questions that were asked."""
    questions = live_questions()
    form = LikesForm(request.POST, questions=questions)
    if not form.is_valid():
        return not_understood(request)
    shopper = shopper_for(request)
    if shopper.consent.narrowing.is_paused(now=shopper.now):
        return _paused(request)
    if PURPOSE in shopper.permitted:
        return saving(request, lambda: _save(request, shopper, form, questions))
    return _allow_and_save(request, shopper, form, questions)


def _save(
    request: HttpRequest, shopper: Shopper, form: LikesForm, questions: list[PreferenceQuestion]
) -> HttpResponse:
    assert shopper.subject is not None  # noqa: S101 - who permits something is somebody
    held = _held_by(shopper.subject)
    as_of_now = Shopper(request)
    if PURPOSE not in as_of_now.permitted:  # taken back in this very moment, in another tab
        request.shopper = as_of_now  # type: ignore[attr-defined]  # ours, documented
        return _not_allowed(request, form)
    if are_overtaken(form, held):
        return ask_which_hold(request, form, questions, held)
    save_stated(shopper.subject.pk, form.answers, now=shopper.now)
    return saved(request, "likes", part="likes")


def _held_by(subject: Subject) -> Answers:
    """Her answers, which nobody changes until this transaction ends."""
    Subject.objects.select_for_update().get(pk=subject.pk)
    return stated_answers(subject.pk)


def _allow_and_save(
    request: HttpRequest, shopper: Shopper, form: LikesForm, questions: list[PreferenceQuestion]
) -> HttpResponse:
    """A yes needs an answer to be about, the right button, and the words of today."""
    words = _notice(request, form.cleaned_data["where"])
    if not words["purposes"]:
        return not_understood(request)
    if form.cleaned_data["save"] != "allow":
        return _not_allowed(request, form)
    if not any(form.answers.values()):
        return _complain(request, gettext("Please tick at least one answer."))
    if form.cleaned_data["notice"] != fingerprint(words):
        return _ask(request, form, questions)
    try:
        return saving(request, lambda: _save_with_yes(request, shopper, form, questions))
    except AnsweredBefore:
        return _ask(request, form, questions)


def _save_with_yes(
    request: HttpRequest, shopper: Shopper, form: LikesForm, questions: list[PreferenceQuestion]
) -> HttpResponse:
    """An account may hold answers that this device, where it is not allowed, did not show."""
    known = find_known(shopper).subject
    held = _held_by(known) if known is not None else {}
    if are_overtaken(form, held):
        return _ask(request, form, questions, held)
    words = _notice(request, form.cleaned_data["where"])
    outcome = answer(
        shopper,
        {PURPOSE: True},
        method=ConsentMethod.PREFERENCE_CENTER,
        words=words,
        screen=screen_of(words),
        style=style_of(words),
        request_key=form.cleaned_data["key"],
    )
    if outcome.subject is not None:
        save_stated(outcome.subject.pk, form.answers, now=shopper.now)
    response = saved(request, "likes", part="likes")
    outcome.tell(response)
    return response


def _notice(request: HttpRequest, where: str) -> Words:
    write = likes_confirmation_notice if where == "likes_confirmation" else likes_notice
    shopper = shopper_for(request)
    return write(offered_to(shopper), controller_of(shopper.site_id))


def _ask(
    request: HttpRequest,
    form: LikesForm,
    questions: list[PreferenceQuestion],
    held: Answers | None = None,
) -> HttpResponse:
    """Once more, with what she ticked; beside ``held``, where that was changed meanwhile."""
    words = _notice(request, "likes_confirmation")
    stood = form.cleaned_data["stood"] if held is None else digest_for(form, held)
    named = [("notice", fingerprint(words)), ("where", words["kind"]), ("key", new_key())]
    if form.cleaned_data["save"] != "allow":
        words = {**words, "intro": "", "purposes": [], "buttons": {"allow": gettext("Save")}}
    return confirmation_page(
        request,
        words,
        submit=("save", form.cleaned_data["save"]),
        fields=[*named, *fields_of(form, stood=stood)],
        lines=list(_sent(form, questions)) if held is None else (),
        compared=list(both_answers(form, questions, held)) if held is not None else (),
    )


def _sent(form: LikesForm, questions: list[PreferenceQuestion]) -> Iterator[tuple[str, str]]:
    for question in questions:
        values = form.answers.get(question.key)
        if values is not None:
            yield str(question.wording), answer_in_words(form, question.key, values)


def _not_allowed(request: HttpRequest, form: LikesForm) -> HttpResponse:
    """The page she sent it from allowed this use. Her answers wait for a yes in her own page."""
    text = gettext(
        "Nothing is saved yet. The use of your answers is not allowed any more: it ended, or was "
        "taken back in another window or on another device. What you ticked still stands here, and "
        "“Allow and save” allows the use and saves it."
    )
    return center_page(request, complaints={"likes": text}, ticked=form.answers, status=409)


def _paused(request: HttpRequest) -> HttpResponse:
    """No question is asked while everything is paused, so her answers wait in another page."""
    title = gettext("Your answers are not saved yet")
    text = gettext(
        "Nothing is saved yet, because you paused everything. Let your choices hold again in your "
        "preferences, in another window, and then send your answers once more from here."
    )
    return refusal(request, title, text, status=409, again=request.POST)


def _complain(request: HttpRequest, text: str) -> HttpResponse:
    return center_page(request, complaints={"likes": text}, status=400)
