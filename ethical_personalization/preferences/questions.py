"""The shop's questions about taste and size, with the shopper's own answers ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.facts.stated import PURPOSE, RECORD
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.models.preferences import live_questions as published_questions
from ethical_personalization.shopper.profile import answers_in
from ethical_personalization.shopper.shopper import Shopper

Answers = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question as the page shows it; ``options`` are value, label and whether it is ticked."""

    key: str
    title: str
    help_text: str
    options: Sequence[tuple[str, str, bool]]

    @property
    def ticked(self) -> list[str]:
        """The values that stand there as her answer."""
        return [value for value, _label, is_ticked in self.options if is_ticked]

    def with_ticks(self, values: Sequence[str]) -> "AskedQuestion":
        """The same with ``values`` ticked instead of her answer."""
        options = [(value, label, value in values) for value, label, _was in self.options]
        return replace(self, options=options)


def live_questions() -> list[PreferenceQuestion]:
    """The questions that are asked, in the shop's order."""
    return list(published_questions.get())


def asked_questions(shopper: Shopper, on_offer: Answers) -> list[AskedQuestion]:
    """Each question that has answers to offer; ticked only what she said and lets us use.

    ``on_offer`` has the answers by the key of the question's fact.
    """
    said = _said(shopper)
    asked = []
    for question in live_questions():
        ticked = said.get(question.key, ())
        options = [
            (value, label, value in ticked) for value, label in on_offer.get(question.fact_key, ())
        ]
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
    if PURPOSE not in shopper.permitted:
        return {}
    return attempt(
        lambda: answers_in(shopper.box.open(RECORD)), otherwise={}, what="stated_answers"
    )
