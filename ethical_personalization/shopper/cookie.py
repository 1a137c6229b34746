"""What a device carries: what a visitor said that only narrows, or a pseudonym after a yes.

Each site has a cookie of its own. Cookies ignore ports, so browsers send those of all sites on one
host name to each of them; each reads only what it has signed itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from ethical_personalization.conf import conf

from .short_names import keys_of, short_name
from .sites import Place, Places, neighbours_of

#: Far above what we ever write; anything longer is not ours and is not even parsed.
MAX_LENGTH = 1000
_SUBJECT = re.compile(r"s\.([0-9a-f]{32})")
_PAIR = r"\.?[a-z0-9_-]+~[0-9a-z]{1,7}"
_NARROWED = re.compile(rf"(?:u\.([0-9a-z]{{1,7}}))?(?:r\.({_PAIR}(?:\+{_PAIR})*))?")
_OF_SITE = re.compile(r"_[0-9]{1,10}")
_SALT = "ethical_personalization.choices"


@dataclass(frozen=True, kw_only=True)
class DeviceChoices:
    """What the cookie says. It proves a refusal; a *yes* is confirmed by the server's state.

    A refusal from the future counts: we signed it, so it was our own clock that was wrong.
    ``under_age_until``: who uses the device said that she is under age; no id comes with it.
    """

    subject_id: UUID | None = None
    refused: Mapping[str, datetime] = field(default_factory=dict)
    under_age_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SiteCookie:
    """The cookie of one site: where it is written, and what it said in a request.

    ``older`` are other names that it came under; they go with the next word. ``site_id`` is None
    where no site answers.
    """

    name: str
    site_id: int | None = None
    older: tuple[str, ...] = ()
    choices: DeviceChoices = field(default_factory=DeviceChoices)


@dataclass(frozen=True, kw_only=True)
class Cookies:
    """What one request carries: the cookie of its site, and those of the sites on its host name."""

    own: SiteCookie
    neighbours: tuple[SiteCookie, ...] = ()

    @property
    def device(self) -> DeviceChoices:
        """What holds here; an age holds whichever site of the host it was told: it is hers."""
        every = (self.own, *self.neighbours)
        ages = [each.choices.under_age_until for each in every]
        until = max((age for age in ages if age is not None), default=None)
        return replace(self.own.choices, under_age_until=until)

    @property
    def pseudonyms(self) -> tuple[UUID, ...]:
        """Every pseudonym that the device carries, that for this site first."""
        own = self.own.choices.subject_id
        return (*([own] if own is not None else []), *self.pseudonyms_elsewhere)

    @property
    def pseudonyms_elsewhere(self) -> tuple[UUID, ...]:
        """Those that the device carries for the other sites; nothing of theirs holds here."""
        found = (each.choices.subject_id for each in self.neighbours)
        return tuple(key for key in found if key is not None)


NOTHING_CARRIED = Cookies(own=SiteCookie(name=""))


def is_ours(name: str) -> bool:
    """Whether a cookie of that name is of one of our sites."""
    rest = name.removeprefix(conf.cookie_name)
    return rest == "" if name == conf.cookie_name else bool(_OF_SITE.fullmatch(rest))


def carries_ours(request: HttpRequest) -> bool:
    """Whether any site of ours has set a cookie there."""
    return any(map(is_ours, request.COOKIES))


def read_cookies(
    request: HttpRequest, *, place: Place | None, found: Places, now: datetime
) -> Cookies:
    """The cookies of ``place`` and of its neighbours among ``found``, the shop's sites."""
    is_sole = len(found) <= 1
    others = neighbours_of(place, found)
    return Cookies(
        own=read_cookie(request, place, is_sole=is_sole, now=now),
        neighbours=tuple(read_cookie(request, each, is_sole=is_sole, now=now) for each in others),
    )


def read_cookie(
    request: HttpRequest, place: Place | None, *, is_sole: bool = True, now: datetime
) -> SiteCookie:
    """The cookie of ``place``; it says nothing if it is absent, foreign or changed.

    The only site of a shop has the plain name; among several each has its number in it, so that it
    does not matter which one is the default. What it said under the other name still counts.
    """
    names = _names(place, is_sole=is_sole)
    carried = {name: said for name in names if (said := _said(request, name, place, now))}
    choices = next(iter(carried.values()), DeviceChoices())
    return SiteCookie(
        name=names[0],
        site_id=place.pk if place is not None else None,
        older=tuple(name for name in carried if name != names[0]),
        choices=choices,
    )


def write_subject(
    response: HttpResponse,
    subject_id: UUID,
    *,
    cookie: SiteCookie | None = None,
    kept: timedelta | None = None,
) -> None:
    """Let the device carry the pseudonym and nothing else, as long as any choice or ``kept``."""
    _write(response, f"s.{subject_id.hex}", cookie, kept)


def write_refusals(
    response: HttpResponse,
    refused: Mapping[str, datetime],
    *,
    under_age_until: datetime | None = None,
    cookie: SiteCookie | None = None,
) -> None:
    """Let the device carry refusals and an age without an id; with neither, nothing."""
    value = f"u.{_in_cookie(under_age_until)}" if under_age_until is not None else ""
    if refused:
        said = (f"{short_name(key)}~{_in_cookie(at)}" for key, at in sorted(refused.items()))
        value += "r." + "+".join(said)
    if value:
        _write(response, value, cookie)
    else:
        forget(response, cookie)


def forget(response: HttpResponse, cookie: SiteCookie | None = None) -> None:
    """Take the site's cookie away."""
    mine = cookie or _where_no_site_answers()
    for name in (mine.name, *mine.older):
        response.delete_cookie(name, samesite="Lax")


def forget_ages(response: HttpResponse, cookies: Cookies) -> None:
    """Take the note from the cookies of the neighbours; the refusals in them stay."""
    for each in cookies.neighbours:
        if each.choices.under_age_until is not None:
            write_refusals(response, each.choices.refused, cookie=each)


def _names(place: Place | None, *, is_sole: bool) -> tuple[str, ...]:
    """The one to write first."""
    if place is None:
        return (conf.cookie_name,)
    plain, numbered = conf.cookie_name, f"{conf.cookie_name}_{place.pk}"
    return (plain, numbered) if is_sole else (numbered, plain)


def _said(
    request: HttpRequest, name: str, place: Place | None, now: datetime
) -> DeviceChoices | None:
    """What stands there under a signature of this site; None where it has none."""
    raw = request.COOKIES.get(name, "")
    if not raw or len(raw) > MAX_LENGTH:
        return None
    for salt in _salts(name, place):
        try:
            return _parse(Signer(salt=salt).unsign(raw), now)
        except BadSignature:
            continue
    return None


def _salts(name: str, place: Place | None) -> Iterator[str]:
    """A plain cookie from before sites had their own is the default site's."""
    if place is not None:
        yield _salt(place.pk)
    if name == conf.cookie_name and (place is None or place.is_default):
        yield _salt(None)


def _salt(site_id: int | None) -> str:
    return _SALT if site_id is None else f"{_SALT}.{site_id}"


def _where_no_site_answers() -> SiteCookie:
    return SiteCookie(name=conf.cookie_name)


def _write(
    response: HttpResponse, value: str, cookie: SiteCookie | None, kept: timedelta | None = None
) -> None:
    mine = cookie or _where_no_site_answers()
    for name in mine.older:
        response.delete_cookie(name, samesite="Lax")
    response.set_cookie(
        mine.name,
        Signer(salt=_salt(mine.site_id)).sign(value),
        max_age=kept or conf.cookie_max_age,
        secure=conf.cookie_is_secure,
        httponly=True,
        samesite="Lax",
    )


def _parse(value: str, now: datetime) -> DeviceChoices:
    if match := _SUBJECT.fullmatch(value):
        return DeviceChoices(subject_id=UUID(hex=match[1]))
    match = _NARROWED.fullmatch(value)
    if match is None:
        return DeviceChoices()
    pairs = [pair.split("~") for pair in (match[2] or "").split("+") if pair]
    refused = {key: _from_cookie(at) for name, at in pairs for key in keys_of(name)}
    until = _from_cookie(match[1]) if match[1] else None
    is_over = until is None or until <= now
    return DeviceChoices(refused=refused, under_age_until=None if is_over else until)


def _from_cookie(digits: str) -> datetime:
    return datetime.fromtimestamp(int(digits, 36), tz=UTC)


def _in_cookie(at: datetime) -> str:
    """Base 36, six characters for a time of this century: the cookie comes with every request."""
    number, digits = int(at.timestamp()), ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
