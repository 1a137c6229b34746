"""The shop's questions about taste and size, with the shopper's own answers ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.facts.stated import PURPOSE, answers
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.shopper.profile import stated_answers
from ethical_personalization.shopper.shopper import Shopper


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question as the page shows it; ``options`` are value, label and whether it is ticked."""

    key: str
    title: str
    help_text: str
    options: Sequence[tuple[str, str, bool]]


def live_questions() -> list[PreferenceQuestion]:
    """The questions that are asked, in the shop's order."""
    return list(PreferenceQuestion.objects.filter(is_live=True))


def asked_questions(shopper: Shopper) -> list[AskedQuestion]:
    """Each question that has answers to offer; ticked only what she said and lets us use."""
    said = _said(shopper)
    asked = []
    for question in live_questions():
        ticked = said.get(question.key, ())
        options = [(value, label, value in ticked) for value, label in answers(question)]
        if options:
            asked.append(
                AskedQuestion(
                    key=question.key,
                    title=str(question.wording),
                    help_text=question.help_text,
                    options=options,
                )
            )
    return asked


def _said(shopper: Shopper) -> dict[str, tuple[str, ...]]:
    subject = shopper.subject
    if subject is None or PURPOSE not in shopper.permitted:
        return {}
    return attempt(lambda: stated_answers(subject.pk), otherwise={}, what="stated_answers")
