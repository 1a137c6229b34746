"""Records yes and no to purposes, wherever on the shop they were said."""

from django.http import HttpRequest, HttpResponse

from ethical_personalization.core.exceptions import AnsweredBefore
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.origin import is_from_this_site, same_origin_or_csrf
from ethical_personalization.shopper.request_keys import new_key
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.screens import (
    fingerprint,
    screen_of,
    style_of,
)

from .center import center_page
from .confirmation import confirmation_page
from .forms import CHOICE, NOTHING, Choices, ChoicesForm
from .languages import in_language_of_form
from .notices import confirmation_notice, own_answer_notice
from .replies import endpoint, not_understood, refuse_for_another, saved, saving


def confirm_choices(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = ChoicesForm(request.POST, shopper=shopper_for(request))
    if not form.is_valid() or form.choices is None:
        return _mistaken(request, form)
    return _ask(request, form.choices)


@in_language_of_form
def ask_for_another(request: HttpRequest) -> HttpResponse:
    """Ask her what a banner asked of somebody else; other forms show more than what was pressed."""
    is_banner = request.POST.get("where") == "banner"
    return confirm_choices(request) if is_banner else refuse_for_another(request)


@endpoint("POST", for_another=ask_for_another)
@in_language_of_form
@same_origin_or_csrf(confirm_choices)
def record_choices(request: HttpRequest) -> HttpResponse:
    """Write what was chosen, under the words that were on screen."""
    form = ChoicesForm(request.POST, shopper=shopper_for(request))
    if not form.is_valid() or form.choices is None:
        return _mistaken(request, form)
    choices = form.choices
    if not choices.is_current:
        return _ask(request, choices)
    return saving(request, lambda: _save(request, choices))


def _save(request: HttpRequest, choices: Choices) -> HttpResponse:
    try:
        outcome = answer(
            shopper_for(request),
            choices.answers,
            method=choices.method,
            words=choices.words,
            screen=screen_of(choices.words),
            style=style_of(choices.words),
            takes_over=choices.is_proposal,
            request_key=choices.request_key,
        )
    except AnsweredBefore:
        return _ask(request, choices)
    response = saved(request, "choices", part="choices")
    outcome.tell(response)
    return response


def _ask(request: HttpRequest, choices: Choices) -> HttpResponse:
    controller = controller_of(shopper_for(request).site_id)
    is_doubted = is_from_this_site(request) and not choices.is_hers
    write = own_answer_notice if is_doubted else confirmation_notice
    words = write(choices.purposes, choices.answers, controller)
    answers = [
        (CHOICE + key, "yes" if allowed else "no") for key, allowed in choices.answers.items()
    ]
    return confirmation_page(
        request,
        words,
        submit=("answer", "some"),
        fields=[
            *(("where", words["kind"]), ("notice", fingerprint(words)), ("key", new_key())),
            *answers,
        ],
    )


def _mistaken(request: HttpRequest, form: ChoicesForm) -> HttpResponse:
    """Nothing chosen is a slip, to be mended on the spot; anything else comes from elsewhere."""
    if form.has_error("__all__", NOTHING):
        text = " ".join(map(str, form.non_field_errors()))
        return center_page(request, complaints={"choices": text}, status=400)
    return not_understood(request)
