"""What a change of a purpose does, and to how many shoppers, before it is saved."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ethical_personalization.core.purposes import material_hash
from ethical_personalization.models import Purpose

from .audience_size import given_by_purpose

#: What shoppers read or agree to; the place in the list is neither.
_SAID = ("title", "benefit", "data", "retention_days", "recipients", "is_offered")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What saving would do. ``token`` stands for exactly this change."""

    token: str
    text: str
    is_material: bool


def effect_of(stored: Purpose, wanted: Purpose, *, now: datetime) -> Effect | None:
    """The effect of putting ``wanted`` in place of ``stored``; None where shoppers see none."""
    changed = {name for name in _SAID if getattr(stored, name) != getattr(wanted, name)}
    if not changed:
        return None
    number = given_by_purpose(now=now).get(stored.key, 0)
    is_material = _changes_terms(stored, wanted)
    sentences = [_of_terms(number) if is_material else _of_wording(number)]
    if "is_offered" in changed:
        offer = _of_offering() if wanted.is_offered else _of_stopping(number)
        sentences = [offer] if changed == {"is_offered"} else [*sentences, offer]
    return Effect(token=_token(wanted), text=" ".join(sentences), is_material=is_material)


def _changes_terms(stored: Purpose, wanted: Purpose) -> bool:
    """Whether what shoppers agreed to would be another thing."""
    newest = stored.versions.order_by("-number").first()
    if newest is None or stored.declaration is None:
        return False
    return bool(newest.material_hash != material_hash(wanted.material()))


def _token(wanted: Purpose) -> str:
    said = "\n".join(str(getattr(wanted, name)) for name in _SAID)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _of_terms(number: int) -> str:
    if not number:
        return _(
            "This changes the terms, that is what shoppers agree to, not only the wording. Nobody "
            "allows this purpose now, so nobody is asked again because of it."
        )
    return ngettext(
        "This changes the terms, that is what shoppers agreed to, not only the wording. %(number)d "
        "shopper who allowed it will be asked again, once and about this purpose only; until the "
        "answer, nothing is used for it.",
        "This changes the terms, that is what shoppers agreed to, not only the wording. %(number)d "
        "shoppers who allowed it will be asked again, once and about this purpose only; until they "
        "answer, nothing is used for it.",
        number,
    ) % {"number": number}


def _of_wording(number: int) -> str:
    if not number:
        return _("This changes the wording only. Nobody is asked again.")
    return ngettext(
        "This changes the wording only, so it has to say the same as before. Nobody is asked "
        "again: %(number)d shopper who allowed the purpose goes on allowing it.",
        "This changes the wording only, so it has to say the same as before. Nobody is asked "
        "again: %(number)d shoppers who allowed the purpose go on allowing it.",
        number,
    ) % {"number": number}


def _of_offering() -> str:
    return _(
        "It is offered from now on. Shoppers who have answered before are asked about it, once and "
        "about nothing else, unless they have answered on it already."
    )


def _of_stopping(number: int) -> str:
    return ngettext(
        "It is not offered any more, and nothing is used for it: %(number)d shopper who allows it "
        "sees the normal content. What was chosen stays recorded.",
        "It is not offered any more, and nothing is used for it: %(number)d shoppers who allow it "
        "see the normal content. What was chosen stays recorded.",
        number,
    ) % {"number": number}
