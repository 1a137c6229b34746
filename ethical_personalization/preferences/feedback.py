"""Takes a word on a decision, a question or a complaint."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.models import FeedbackKind, Subject
from ethical_personalization.models.feedback import MAX_WORDS, TO_THE_SHOP
from ethical_personalization.shopper.feedback import ask_shop, keep_feedback
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.throttle import is_too_often
from ethical_personalization.transparency.decision_token import MAX_TOKEN, TokenFault, read_token

from .confirmation import confirmation_page
from .replies import endpoint, not_understood, refusal, saved, saving

#: Of one shopper within ten minutes: more than a page has widgets.
MAX_SAID = 30
SECTION = "questions"


class FeedbackForm(forms.Form):
    """One of four words on a decision, or a question or complaint that needs words."""

    kind = forms.ChoiceField(choices=FeedbackKind.choices)
    words = forms.CharField(max_length=MAX_WORDS, required=False)
    decision = forms.CharField(max_length=MAX_TOKEN, required=False)
    reply = forms.ChoiceField(choices=[("yes", "yes")], required=False)

    @property
    def is_to_the_shop(self) -> bool:
        """Whether it is about no decision."""
        return self.cleaned_data["kind"] in TO_THE_SHOP

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if not self.is_to_the_shop and not cleaned["decision"]:
            raise ValidationError(_("Please say it beside what you mean."))
        wants_answer = self.is_to_the_shop or cleaned["reply"]
        if wants_answer and not cleaned["words"]:
            raise ValidationError(_("Please write what you would like an answer to."))
        return cleaned


def confirm_feedback(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _incomplete(request, form)
    kind, words = FeedbackKind(form.cleaned_data["kind"]), form.cleaned_data["words"]
    asked = {
        "heading": gettext("Please confirm"),
        "intro": gettext("Nothing is saved yet. We could not tell where this form came from."),
        "buttons": {"use": gettext("Send"), "leave": gettext("Save nothing")},
    }
    fields = [(name, form.cleaned_data[name]) for name in ("words", "decision", "reply")]
    lines = [(str(kind.label), words)]
    return confirmation_page(
        request, asked, submit=("kind", kind.value), fields=fields, lines=lines
    )


@endpoint("POST")
@same_origin_or_csrf(confirm_feedback)
def give_feedback(request: HttpRequest) -> HttpResponse:
    """Keep it; without her pseudonym, unless she wants an answer."""
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _incomplete(request, form)
    shopper = shopper_for(request)
    subject = shopper.subject
    if subject is None:
        return _lost(request, form, TokenFault.NOT_HERS)
    if is_too_often("feedback", subject.pk.hex, limit=MAX_SAID):
        return _too_often(request, form)
    if form.is_to_the_shop:
        return saving(request, lambda: _ask(request, subject, form))
    trace = read_token(form.cleaned_data["decision"], subject.pk, now=shopper.now)
    if isinstance(trace, TokenFault):
        return _lost(request, form, trace)
    return saving(request, lambda: _keep(request, subject, trace, form))


def _ask(request: HttpRequest, subject: Subject, form: FeedbackForm) -> HttpResponse:
    said = form.cleaned_data
    ask_shop(subject, kind=said["kind"], words=said["words"])
    return saved(request, "asked", part=SECTION)


def _keep(
    request: HttpRequest, subject: Subject, trace: DecisionTrace, form: FeedbackForm
) -> HttpResponse:
    said = form.cleaned_data
    wants_answer = bool(said["reply"])
    is_new = keep_feedback(
        subject, trace, kind=said["kind"], words=said["words"], wants_answer=wants_answer
    )
    if wants_answer:
        return saved(request, "asked", part=SECTION)
    return saved(request, "said" if is_new else "said_again")


def _incomplete(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    """What our pages could send, with a word on what is missing; anything else is not understood.

    Her words come back to be sent once more.
    """
    if set(form.errors) - {"__all__", "words"}:
        return not_understood(
            request, gettext("Please choose one of the words, and send it again.")
        )
    reasons = " ".join(str(each) for errors in form.errors.values() for each in errors)
    return _refused(request, form, gettext("Something is missing"), reasons, status=400)


def _lost(request: HttpRequest, form: FeedbackForm, fault: TokenFault) -> HttpResponse:
    """The page is over; what she wrote is not."""
    if fault is TokenFault.EXPIRED:
        text = gettext(
            "This page was opened too long ago to know what you mean. Nothing was saved. Open it "
            "again, and say it there."
        )
    else:
        text = gettext(
            "This form was not made for you as you are now: you may have logged in or out, or "
            "erased your data, since the page was opened. Nothing was saved. Open the page again, "
            "and say it there."
        )
    return _refused(request, form, gettext("This could not be saved"), text, status=409)


def _too_often(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    text = gettext("You have said very much within a few minutes. Nothing was saved of this one.")
    return _refused(request, form, gettext("Please wait a little"), text, status=429)


def _refused(
    request: HttpRequest, form: FeedbackForm, title: str, text: str, *, status: int
) -> HttpResponse:
    words = str(form.data.get("words", ""))[:MAX_WORDS]
    return refusal(request, title, text, status=status, words=words)
