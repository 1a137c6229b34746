"""What a change of a purpose does, and to how many shoppers, before it is saved."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from ethical_personalization.core.purposes import LawfulBasis, material_hash
from ethical_personalization.models import Purpose
from ethical_personalization.shopper.audience_size import (
    asked_again,
    given_by_purpose,
    not_objecting,
)

#: What shoppers read or agree to; the place in the list is neither.
_SAID = ("title", "benefit", "data", "retention_days", "recipients", "is_offered")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What saving would do. ``token`` stands for exactly this change.

    ``moves``: it comes to sites, or leaves some.
    """

    token: str
    text: str
    is_material: bool
    moves: bool = False


def sites_of(purpose: Purpose) -> frozenset[int] | None:
    """The sites that an editor named; None for every one."""
    if purpose.is_on_every_site:
        return None
    return frozenset(row.site_id for row in purpose.on_sites.all())


def effect_of(
    stored: Purpose,
    wanted: Purpose,
    *,
    wanted_sites: frozenset[int] | None = None,
    now: datetime,
) -> Effect | None:
    """The effect of putting ``wanted`` in place of ``stored``; None where shoppers see none."""
    changed = {name for name in _SAID if getattr(stored, name) != getattr(wanted, name)}
    moves = sites_of(stored) != wanted_sites
    if not changed and not moves:
        return None
    number = given_by_purpose(now=now).get(stored.key, 0)
    is_material = _changes_terms(stored, wanted)
    sentences = []
    if changed - {"is_offered"}:
        sentences.append(_of_terms(stored, now) if is_material else _of_wording(number))
    if "is_offered" in changed:
        sentences.append(_of_offering() if wanted.is_offered else _of_stopping(number))
    if moves:
        sentences.extend(_of_moving(stored, wanted_sites, now))
    token = _token(wanted, wanted_sites)
    return Effect(token=token, text=" ".join(sentences), is_material=is_material, moves=moves)


def _changes_terms(stored: Purpose, wanted: Purpose) -> bool:
    """Whether what shoppers agreed to would be another thing."""
    newest = stored.versions.order_by("-number").first()
    if newest is None or stored.declaration is None:
        return False
    return bool(newest.material_hash != material_hash(wanted.material()))


def _of_moving(
    stored: Purpose, wanted_sites: frozenset[int] | None, now: datetime
) -> Iterator[str]:
    """What comes where and goes from where; later sites follow from the choice itself."""
    every = {site.pk: str(site) for site in Site.objects.all()}
    after = every.keys() if wanted_sites is None else wanted_sites
    came = {pk for pk in after if not stored.is_on(pk)}
    left = {pk for pk in every if stored.is_on(pk) and pk not in after}
    if came:
        yield _of_coming(", ".join(every[pk] for pk in sorted(came)))
    if left:
        number = given_by_purpose(now=now, sites=left).get(stored.key, 0)
        yield _of_leaving(", ".join(every[pk] for pk in sorted(left)), number)
    if not came and not left:
        yield _("Nothing changes on the sites that there are; it concerns those created later.")


def _token(wanted: Purpose, wanted_sites: frozenset[int] | None) -> str:
    sites = "every" if wanted_sites is None else str(sorted(wanted_sites))
    said = "\n".join([*(str(getattr(wanted, name)) for name in _SAID), sites])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _of_terms(stored: Purpose, now: datetime) -> str:
    if stored.declaration is not None and stored.declaration.basis is not LawfulBasis.CONSENT:
        return _of_terms_without_consent(not_objecting(stored))
    number = asked_again(stored, now=now)
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


def _of_terms_without_consent(number: int) -> str:
    return ngettext(
        "This changes the terms, not only the wording. The purpose does not rest on consent, so "
        "nobody is asked: it goes on for %(number)d shopper whom the shop knows and who did not "
        "object. The preference center shows the new terms; tell her before a new use begins.",
        "This changes the terms, not only the wording. The purpose does not rest on consent, so "
        "nobody is asked: it goes on for %(number)d shoppers whom the shop knows and who did not "
        "object. The preference center shows the new terms; tell them before a new use begins.",
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
        "about nothing else; also those who allowed it before, because that counts no more. Who "
        "refused it is not asked."
    )


def _of_coming(sites: str) -> str:
    return _(
        "From now on it is offered on these sites: %(sites)s. Shoppers who have answered there "
        "before are asked about it, once and about nothing else, unless they refused it. A yes "
        "from an earlier time there counts no more."
    ) % {"sites": sites}


def _of_leaving(sites: str, number: int) -> str:
    return ngettext(
        "It is not offered any more on these sites, and nothing is used for it there: %(sites)s. "
        "%(number)d shopper who allows it there sees the normal content. What was chosen stays "
        "recorded.",
        "It is not offered any more on these sites, and nothing is used for it there: %(sites)s. "
        "%(number)d shoppers who allow it there see the normal content. What was chosen stays "
        "recorded.",
        number,
    ) % {"sites": sites, "number": number}


def _of_stopping(number: int) -> str:
    return ngettext(
        "It is not offered any more, and nothing is used for it: %(number)d shopper who allows it "
        "sees the normal content. What was chosen stays recorded.",
        "It is not offered any more, and nothing is used for it: %(number)d shoppers who allow it "
        "see the normal content. What was chosen stays recorded.",
        number,
    ) % {"number": number}
