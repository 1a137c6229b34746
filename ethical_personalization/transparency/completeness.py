"""What the law wants to be said on each purpose (GDPR Art. 13), and what of it is missing."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.text import Words as Text
from ethical_personalization.models import Purpose
from ethical_personalization.models.controllers import NEEDED

from .screens import Words

_BASES: Mapping[str, Text] = {
    LawfulBasis.CONSENT: _("Your consent (GDPR Art. 6(1)(a))."),
    LawfulBasis.CONTRACT: _("Your orders could not be carried out without it (Art. 6(1)(b))."),
    LawfulBasis.LEGITIMATE_INTEREST: _("An interest of the shop (GDPR Art. 6(1)(f))."),
}
_RIGHTS: Mapping[str, Text] = {
    LawfulBasis.CONSENT: _(
        "Take your yes back here at any time; it holds from the next page on, and what was done "
        "until then stays lawful. See, correct, restrict, delete and take along your data."
    ),
    LawfulBasis.CONTRACT: _("See, correct, restrict, delete and take along your data."),
    LawfulBasis.LEGITIMATE_INTEREST: _(
        "Object here at any time; it holds from the next page on. See, correct, restrict and "
        "delete your data."
    ),
}
#: Names of the columns of ``Controller``, for who has to fill them in.
_PARTS: Mapping[str, Text] = {
    "name": _("who is responsible"),
    "address": _("the address"),
    "email": _("an e-mail address for questions about data"),
    "authority": _("the supervisory authority for complaints"),
    "jurisdiction": _("the country whose law applies"),
    "storage": _("where the data is kept"),
}


def with_full_terms(words: Words, controller: dict[str, str]) -> Words:
    """``words`` of a purpose with everything there is to say on it: ``full``, label and text."""
    said = ((str(label), tell(words, controller)) for label, tell in _PARTS_OF_A_NOTICE)
    return {**words, "full": [[label, text] for label, text in said if text]}


def basis_in_words(basis: LawfulBasis) -> str:
    """Why the law allows a use, with the place in the law."""
    return str(_BASES[basis])


def missing_of_controller(controller: Mapping[str, str]) -> list[str]:
    """What a site does not say about who is responsible."""
    return [str(_PARTS[name]) for name in NEEDED if name not in controller]


def missing_of_purpose(purpose: Purpose) -> list[str]:
    """What a purpose does not say; its recipients may be nobody, its period is always there."""
    declared = purpose.declaration
    if declared is None:
        return []
    found = {part: purpose.words(part).strip() for part in ("title", "benefit", "data")}
    missing = [str(_WORDING[part]) for part, text in found.items() if not text]
    if not declared.data_categories:
        missing.append(gettext("the categories of data"))
    if not declared.sources:
        missing.append(gettext("where the data comes from"))
    return missing


_WORDING: Mapping[str, Text] = {
    "title": _("a title"),
    "benefit": _("what the shopper gets"),
    "data": _("which data"),
}


def _responsible(words: Words, controller: dict[str, str]) -> str:
    lines = [controller.get(part, "") for part in ("name", "address", "email")]
    said = ", ".join(" ".join(line.split()) for line in lines if line)
    return said or gettext("The shop has not said yet who is responsible.")


def complaint_in_words(controller: Mapping[str, str]) -> str:
    """Where she can complain."""
    authority = controller.get("authority", "")
    if not authority:
        return gettext("You can complain to the supervisory authority of where you live.")
    return gettext("You can complain to %(authority)s.") % {"authority": authority}


_PARTS_OF_A_NOTICE: tuple[tuple[Text, Callable[[Words, dict[str, str]], str]], ...] = (
    (_("Responsible"), _responsible),
    (_("Data protection officer"), lambda words, said: said.get("data_protection_officer", "")),
    (_("Legal basis"), lambda words, said: str(_BASES.get(words["basis"], ""))),
    (_("Who gets it"), lambda words, said: words["recipients"] or gettext("Nobody else.")),
    (_("How long"), lambda words, said: words["kept"]),
    (_("Where it is kept"), lambda words, said: said.get("storage", "")),
    (_("Your rights"), lambda words, said: str(_RIGHTS.get(words["basis"], ""))),
    (_("Complaint"), lambda words, said: complaint_in_words(said)),
    (
        _("Decided by a machine"),
        lambda words, said: gettext(
            "What you are shown is chosen automatically. Whether you may buy never is."
        ),
    ),
)
