"""The shop's questions on Oscar's registration page: asked beside the form, answered with it.

Registering comes first. Only when the new account is logged in are her answers looked at, and
whatever is wrong with them is said on the next page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.facts.stated import PURPOSE, answers
from ethical_personalization.models import ConsentMethod, PreferenceQuestion
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.profile import save_stated
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.screens import Words, fingerprint, screen_of, style_of

from .forms import LIKE, LikesForm
from .notices import registration_notice
from .questions import AskedQuestion, live_questions
from .registered import PREFIX

ALLOW = f"{PREFIX}allow"
#: By this name Oscar's view knows that an account is to be opened; its form has no block before it.
_BUTTON = re.compile(r"<(?:button|input)\b[^>]*\sname=[\"']?registration_submit\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class RegistrationQuestion(AskedQuestion):
    """A question with what its answers are used for."""

    used_for: str


def registration_context(request: HttpRequest) -> Mapping[str, Any]:
    """What the fieldset is rendered with; empty where nothing is asked, or asking fails."""
    nothing: Mapping[str, Any] = {}

    def apart() -> Mapping[str, Any]:
        with undisturbed():
            return _context(request)

    return attempt(apart, otherwise=nothing, what="registration_questions")


def above_button(page: str, questions: str) -> SafeString:
    """``page`` with ``questions`` before the button of Oscar's form; below all if it has none."""
    html = conditional_escape(page)
    button = _BUTTON.search(html)
    at = button.start() if button is not None else len(html)
    return mark_safe(html[:at] + conditional_escape(questions) + html[at:])  # noqa: S308 - escaped


def keep_answers_of(request: HttpRequest, response: HttpResponse, registered: Any) -> None:
    """Record the yes of the new account, keep her answers, and say what was.

    ``registered`` is the account's primary key. Without an answer of hers nothing happens at all.
    """
    if not _has_answered(request.POST):
        return
    failed = gettext("Your account is there. Your answers could not be saved.")

    def apart() -> tuple[bool, str]:
        with undisturbed(), override(_language(request)):
            return _keep(request, response, registered)

    is_saved, said = attempt(
        apart, otherwise=(False, f"{failed} {_elsewhere()}"), what="registration_answers"
    )
    level = messages.SUCCESS if is_saved else messages.WARNING
    attempt(
        lambda: messages.add_message(request, level, said, fail_silently=True),
        otherwise=None,
        what="registration_message",
    )


def _has_answered(posted: QueryDict) -> bool:
    return any(name == ALLOW or name.startswith(PREFIX + LIKE) for name in posted)


def _context(request: HttpRequest) -> Mapping[str, Any]:
    shopper = shopper_for(request)
    words = _notice(shopper)
    if shopper.user is not None or shopper.consent.narrowing.is_restricted:
        return {}
    asked = [_asked(question, request.POST) for question in live_questions()]
    questions = [question for question in asked if question.options]
    if not words["purposes"] or not questions:
        return {}
    return {
        "words": words,
        "fingerprint": fingerprint(words),
        "questions": questions,
        "has_answers": any(name.startswith(PREFIX + LIKE) for name in request.POST),
        "is_allowed": ALLOW in request.POST,
    }


def _asked(question: PreferenceQuestion, posted: QueryDict) -> RegistrationQuestion:
    """With what she ticked before Oscar's form came back to her."""
    ticked = posted.getlist(PREFIX + LIKE + question.key)
    return RegistrationQuestion(
        key=question.key,
        title=str(question.wording),
        help_text=question.help_text,
        options=[(value, label, value in ticked) for value, label in answers(question)],
        used_for=gettext("Used for product lists and pages that fit.")
        if question.ranks_lists
        else gettext("Used for pages that fit."),
    )


def _keep(request: HttpRequest, response: HttpResponse, registered: Any) -> tuple[bool, str]:
    shopper = Shopper(request)  # the one at hand is of before the login
    form = LikesForm(_without_prefix(request.POST), questions=live_questions())
    words = _notice(shopper)
    problem = _problem(shopper, form, words, registered)
    if problem:
        return False, f"{problem} {_elsewhere()}"
    with transaction.atomic():
        outcome = answer(
            shopper,
            {PURPOSE: True},
            method=ConsentMethod.REGISTRATION,
            words=words,
            screen=screen_of(words),
            style=style_of(words),
        )
        assert outcome.subject is not None  # noqa: S101 - a yes has somebody who said it
        save_stated(outcome.subject.pk, form.answers, now=shopper.now)
    outcome.tell(response)
    return True, gettext("Your answers are saved. They hold from now on.")


def _problem(shopper: Shopper, form: LikesForm, words: Words, registered: Any) -> str:
    """Why nothing is kept; empty where all is well."""
    if shopper.user is None or shopper.user.pk != registered or not words["purposes"]:
        return gettext("Your answers were not saved.")
    if not form.is_valid():
        return gettext("Your answers were not saved: these questions are not asked any more.")
    if form.cleaned_data["save"] != "allow":
        return gettext("Your answers were not saved, because you did not allow their use.")
    if not any(form.answers.values()):
        return gettext("Nothing was saved, because no answer was ticked.")
    if form.cleaned_data["notice"] != fingerprint(words):
        return gettext("Your answers were not saved: our words have changed since you read them.")
    return ""


def _elsewhere() -> str:
    return gettext("You can answer at any time in your preferences.")


def _notice(shopper: Shopper) -> Words:
    return registration_notice(offered_to(shopper), controller_of(shopper.site_id))


def _language(request: HttpRequest) -> str:
    """That of the page; the words are written anew in it and compared with what was shown."""
    named = request.POST.get(f"{PREFIX}language", "")
    return named if named in dict(settings.LANGUAGES) else get_language() or ""


def _without_prefix(posted: QueryDict) -> QueryDict:
    """Our fields, under the names that they have in the preference center."""
    ours = QueryDict(mutable=True)
    for name, values in posted.lists():
        if name.startswith(PREFIX):
            ours.setlist(name.removeprefix(PREFIX), values)
    ours["save"] = "allow" if ALLOW in posted else "save"
    return ours
