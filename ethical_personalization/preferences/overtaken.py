"""Answers that were changed elsewhere while a form of them was open: she says which hold."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from json import dumps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.models import PreferenceQuestion

from .confirmation import Compared, Fields, confirmation_page
from .forms import LIKE, LikesForm

#: Values by the key of the question.
Answers = Mapping[str, Sequence[str]]
_SHORT = 16


def digest_of_answers(answers: Answers) -> str:
    """Stands for the answers that a form showed; they stand beside it, so it hides nothing."""
    said = sorted((key, sorted(values)) for key, values in answers.items() if values)
    return sha256(dumps(said).encode()).hexdigest()[:_SHORT]


def digest_for(form: LikesForm, held: Answers) -> str:
    """The same of what is ``held`` now, as the questions of ``form`` would show it."""
    return digest_of_answers(
        {
            key: [value for value in held.get(key, ()) if value in _labels(form, key)]
            for key in form.answers
        }
    )


def are_overtaken(form: LikesForm, held: Answers) -> bool:
    """Whether saving ``form`` would replace answers that its page did not show.

    A form that is sent twice replaces nothing. One that says nothing of it showed no answers.
    """
    if all(set(values) == set(held.get(key, ())) for key, values in form.answers.items()):
        return False
    stood = form.cleaned_data["stood"] or digest_of_answers({})
    return bool(stood != digest_for(form, held))


def ask_which_hold(
    request: HttpRequest, form: LikesForm, questions: Sequence[PreferenceQuestion], held: Answers
) -> HttpResponse:
    """Both answers to each question that was answered anew; nothing is saved."""
    words = {
        "heading": gettext("Which answers should hold?"),
        "intro": gettext(
            "Nothing is saved yet. Your answers were changed since you opened that page, in "
            "another window or on another device."
        ),
        "buttons": {"use": gettext("Save what I sent"), "leave": gettext("Keep what is saved")},
    }
    return confirmation_page(
        request,
        words,
        submit=("save", "save"),
        fields=fields_of(form, stood=digest_for(form, held)),
        compared=list(both_answers(form, questions, held)),
    )


def both_answers(
    form: LikesForm, questions: Sequence[PreferenceQuestion], held: Answers
) -> Iterator[Compared]:
    """Each question to which something else was sent than is saved."""
    for question in questions:
        sent, saved = form.answers.get(question.key), held.get(question.key, ())
        if sent is not None and set(sent) != set(saved):
            yield Compared(
                about=str(question.wording),
                saved=answer_in_words(form, question.key, saved),
                sent=answer_in_words(form, question.key, sent),
            )


def fields_of(form: LikesForm, *, stood: str) -> Fields:
    """Everything she ticked, to be sent once more."""
    yield "stood", stood
    for key, values in form.answers.items():
        yield "question", key
        for value in values:
            yield LIKE + key, value


def answer_in_words(form: LikesForm, key: str, values: Sequence[str]) -> str:
    """The labels of ``values``; one that is not offered any more is its own name."""
    labels = _labels(form, key)
    return ", ".join(str(labels.get(value, value)) for value in values) or "–"


def _labels(form: LikesForm, key: str) -> dict[str, str]:
    return dict(form.fields[LIKE + key].choices)  # type: ignore[attr-defined]  # MultipleChoiceField
