"""What a device carries: what a visitor said that only narrows, or a pseudonym after a yes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from ethical_personalization.conf import conf

from .neutral import is_neutral

#: Far above what we ever write; anything longer is not ours and is not even parsed.
MAX_LENGTH = 1000
_SUBJECT = re.compile(r"s\.([0-9a-f]{32})")
_PAIR = r"[a-z0-9_-]+~[0-9a-z]{1,7}"
_NARROWED = re.compile(rf"(?:u\.([0-9a-z]{{1,7}}))?(?:r\.({_PAIR}(?:\+{_PAIR})*))?")
_SALT = "ethical_personalization.choices"
#: A device's clock never enters; this allows for the clocks of our own servers.
_CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class DeviceChoices:
    """What the cookie says. It proves a refusal; a *yes* is confirmed by the server's state.

    ``under_age_until``: who uses the device said that she is under age; no id comes with it.
    """

    subject_id: UUID | None = None
    refused: Mapping[str, datetime] = field(default_factory=dict)
    under_age_until: datetime | None = None


def carries_choices(request: HttpRequest) -> bool:
    """Whether any cookie of ours came, of whichever site; nobody asks whether it is genuine."""
    return any(name.startswith(conf.cookie_name) for name in request.COOKIES)


def is_carried(request: HttpRequest) -> bool:
    """Whether the cookie of this site came."""
    return conf.cookie_name in request.COOKIES


def read_choices(request: HttpRequest, *, now: datetime) -> DeviceChoices:
    """The choices of this device; none at all if the cookie is absent, foreign or changed.

    None either where the answer must not show who asks.
    """
    if is_neutral(request):
        return DeviceChoices()
    raw = request.COOKIES.get(conf.cookie_name, "")
    if not raw or len(raw) > MAX_LENGTH:
        return DeviceChoices()
    try:
        value = Signer(salt=_SALT).unsign(raw)
    except BadSignature:
        return DeviceChoices()
    return _parse(value, now)


def write_subject(
    response: HttpResponse, subject_id: UUID, *, kept: timedelta | None = None
) -> None:
    """Let the device carry the pseudonym and nothing else, as long as any choice or ``kept``."""
    _write(response, f"s.{subject_id.hex}", kept)


def write_refusals(
    response: HttpResponse,
    refused: Mapping[str, datetime],
    *,
    under_age_until: datetime | None = None,
) -> None:
    """Let the device carry refusals and an age without an id; with neither, nothing."""
    value = f"u.{_in_cookie(under_age_until)}" if under_age_until is not None else ""
    if refused:
        said = (f"{key}~{_in_cookie(at)}" for key, at in sorted(refused.items()))
        value += "r." + "+".join(said)
    if value:
        _write(response, value)
    else:
        forget(response)


def forget(response: HttpResponse) -> None:
    """Take our cookie away."""
    response.delete_cookie(conf.cookie_name, samesite="Lax")


def _write(response: HttpResponse, value: str, kept: timedelta | None = None) -> None:
    response.set_cookie(
        conf.cookie_name,
        Signer(salt=_SALT).sign(value),
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
    refused = {key: _from_cookie(at) for key, at in pairs}
    if max(refused.values(), default=now) > now + _CLOCK_SKEW:
        return DeviceChoices()
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
