"""What a shopper can send, read against what is offered to her now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.asking import WhyAsked
from ethical_personalization.core.registry import facts
from ethical_personalization.facts.stated import answers as offered_answers
from ethical_personalization.models import ConsentMethod, PreferenceQuestion
from ethical_personalization.shopper.answers import proposed_purposes
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.shopper.who import was_put_to_another
from ethical_personalization.transparency.notice import (
    WHY_ASKED,
    asked_for_consent,
    banner_notice,
    open_to_choice,
)
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.screens import Words, fingerprint

from .notices import (
    center_notice,
    changed_since,
    confirmation_notice,
    own_answer_notice,
    proposal_notice,
)

CHOICE, LIKE = "choice-", "likes-"
#: How the page stood that sent the form: which purposes it asked about and why, what was ticked.
ASKED, BEFORE = "asked-", "before-"
METHODS = {
    "banner": ConsentMethod.BANNER,
    "center": ConsentMethod.PREFERENCE_CENTER,
    "proposal": ConsentMethod.PREFERENCE_CENTER,
    "confirmation": ConsentMethod.PREFERENCE_CENTER,
    "own_answer": ConsentMethod.PREFERENCE_CENTER,
}
NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Answers by purpose, and the words under which they are to be recorded.

    ``is_current`` False: it has to be asked again, because the words of a *yes* have changed since,
    because the account has said something else meanwhile, or because it may not be her answer
    (``is_hers`` False).
    """

    answers: Mapping[str, bool]
    purposes: Sequence[Words]
    words: Words
    method: ConsentMethod
    is_current: bool
    is_hers: bool = True
    is_proposal: bool = False
    request_key: str = ""


class ChoicesForm(forms.Form):
    """Yes and no to purposes: from the banner, the center, a proposal or a confirmation."""

    where = forms.ChoiceField(choices=[(name, name) for name in METHODS])
    notice = forms.CharField(max_length=64, required=False)
    answer = forms.ChoiceField(choices=[(name, name) for name in ("all", "none", "some")])
    key = forms.CharField(max_length=100, required=False)

    def __init__(self, data: QueryDict, *, shopper: Shopper) -> None:
        super().__init__(data)
        self.shopper = shopper
        self.choices: Choices | None = None

    def clean(self) -> dict[str, Any]:
        """Read ``choices``; a purpose that was not asked there is refused by name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        purposes = self._asked(cleaned["where"])
        answers = self._answers([words["key"] for words in purposes], cleaned)
        if not answers:
            raise ValidationError(_("Please choose yes or no at least once."), code=NOTHING)
        self.choices = self._read(cleaned["where"], purposes, answers)
        return cleaned

    def notice_now(
        self, where: str, purposes: Sequence[Words], answers: Mapping[str, bool]
    ) -> Words:
        """The words that the shop shows there today, on a page that stood as this form says."""
        controller = controller_of(self.shopper.site_id)
        if where == "confirmation":
            return confirmation_notice(purposes, answers, controller)
        if where == "own_answer":
            return own_answer_notice(purposes, answers, controller)
        if where == "proposal":
            return proposal_notice(purposes, controller)
        if where == "banner":
            return banner_notice(purposes, controller, self._why_asked())
        before = {key: answer for key, answer in self._stood(BEFORE) if answer in ("yes", "no")}
        return center_notice(purposes, controller, before)

    def _read(self, where: str, purposes: list[Words], answers: dict[str, bool]) -> Choices:
        words = self.notice_now(where, purposes, answers)
        is_current = fingerprint(words) == self.cleaned_data["notice"] and not self._is_old(answers)
        is_hers = where != "banner" or not was_put_to_another(self.shopper.request)
        is_contrary = not is_hers or self._contradicts_account(answers)
        if not is_current and not is_contrary and not any(answers.values()):
            words, is_current = changed_since(where), True
        return Choices(
            answers=answers,
            purposes=purposes,
            words=words,
            method=METHODS[where],
            is_current=is_current and not is_contrary,
            is_hers=is_hers,
            is_proposal=where == "proposal",
            request_key=self.cleaned_data["key"],
        )

    def _is_old(self, answers: Mapping[str, bool]) -> bool:
        """Whether a yes merely stood there from before, and was taken back since, elsewhere.

        She did not say it with this form, so she is asked; a no is taken as it is.
        """
        if self.cleaned_data["where"] != "center" or self.cleaned_data["answer"] != "some":
            return False
        stood, shopper = dict(self._stood(BEFORE)), self.shopper
        return any(
            allowed
            and stood.get(key) == "yes"
            and not shopper.consent.is_agreed(key, now=shopper.now)
            for key, allowed in answers.items()
        )

    def _contradicts_account(self, answers: Mapping[str, bool]) -> bool:
        """Whether the first question is answered otherwise than the account has answered it.

        It is put to who has answered nothing: so her page is from before she answered elsewhere.
        """
        shopper = self.shopper
        if self.cleaned_data["where"] != "banner" or self._why_asked() or shopper.user is None:
            return False
        consent, now = shopper.consent, shopper.now
        return any(
            key in consent.choices and consent.is_agreed(key, now=now) != allowed
            for key, allowed in answers.items()
        )

    def _why_asked(self) -> dict[str, WhyAsked]:
        """The purposes that a later banner asked about; empty for the first one."""
        stood = self._stood(ASKED)
        return {key: WhyAsked(why) for key, why in stood if why in WHY_ASKED}

    def _stood(self, prefix: str) -> list[tuple[str, str]]:
        return [
            (name.removeprefix(prefix), str(value))
            for name, value in self.data.items()
            if name.startswith(prefix)
        ]

    def _asked(self, where: str) -> list[Words]:
        offered = offered_to(self.shopper)
        if where == "banner":
            asked = self._why_asked()
            found = asked_for_consent(offered)
            return [words for words in found if words["key"] in asked] if asked else found
        if where == "proposal":
            proposed = proposed_purposes(self.shopper)
            return [words for words in offered if words["key"] in proposed]
        return open_to_choice(offered)

    def _answers(self, keys: list[str], cleaned: Mapping[str, Any]) -> dict[str, bool]:
        posted = {
            name.removeprefix(CHOICE): str(value)
            for name, value in self.data.items()
            if name.startswith(CHOICE)
        }
        if not set(posted) <= set(keys) or not set(posted.values()) <= {"yes", "no"}:
            raise ValidationError(_("These choices are not on offer (any more)."))
        if cleaned["answer"] != "some":
            return dict.fromkeys(keys, cleaned["answer"] == "all")
        if cleaned["where"] == "banner":  # a box that stays empty there means no
            return {key: posted.get(key) == "yes" for key in keys}
        return {key: posted[key] == "yes" for key in keys if key in posted}


class LikesForm(forms.Form):
    """Answers to the shop's questions. Only questions named in ``question`` are touched."""

    save = forms.ChoiceField(choices=[("save", "save"), ("allow", "allow")])
    where = forms.ChoiceField(
        choices=[(name, name) for name in ("likes", "likes_confirmation")], required=False
    )
    notice = forms.CharField(max_length=64, required=False)
    key = forms.CharField(max_length=100, required=False)
    stood = forms.CharField(max_length=64, required=False)

    def __init__(self, data: QueryDict, *, questions: Sequence[PreferenceQuestion]) -> None:
        super().__init__(data)
        asked = set(data.getlist("question"))
        live = {question.key: question for question in questions}
        self.are_known = bool(asked) and asked <= set(live)
        for key in asked & set(live):
            self.fields[LIKE + key] = forms.MultipleChoiceField(
                choices=offered_answers(live[key]), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse questions that are not asked."""
        posted = {name for name in self.data if name.startswith(LIKE)}
        if not self.are_known or not posted <= set(self.fields):
            raise ValidationError(_("These questions are not asked (any more)."))
        return super().clean() or {}

    @property
    def answers(self) -> dict[str, list[str]]:
        """The valid answers by question; an empty list deletes what was answered before."""
        return {
            name.removeprefix(LIKE): values
            for name, values in self.cleaned_data.items()
            if name.startswith(LIKE)
        }


class FactForm(forms.Form):
    """Not to use one fact, to use it again, or to delete what is kept for it."""

    fact = forms.CharField(max_length=200)
    use = forms.ChoiceField(choices=[(use, use) for use in ("no", "yes", "forget")])

    def clean_fact(self) -> str:
        """Only what is registered can be known, hence used or not."""
        key = str(self.cleaned_data["fact"])
        fact = facts.find(key)
        if fact is None or fact.purpose is None:
            raise ValidationError(_("We know nothing of this kind (any more)."))
        return key
