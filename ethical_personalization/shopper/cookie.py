"""What a device carries: the refusals of a visitor, or the pseudonym of one who said yes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from ethical_personalization.conf import conf

#: Far above what we ever write; anything longer is not ours and is not even parsed.
MAX_LENGTH = 1000
_SUBJECT = re.compile(r"s\.([0-9a-f]{32})")
_REFUSED = re.compile(r"r\.[a-z0-9_-]+~[0-9a-z]{1,7}(?:\+[a-z0-9_-]+~[0-9a-z]{1,7})*")
_SALT = "ethical_personalization.choices"
#: A device's clock never enters; this allows for the clocks of our own servers.
_CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class DeviceChoices:
    """What the cookie says. It proves a refusal; a *yes* is confirmed by the server's state."""

    subject_id: UUID | None = None
    refused: Mapping[str, datetime] = field(default_factory=dict)


def read_choices(request: HttpRequest, *, now: datetime) -> DeviceChoices:
    """The choices of this device; none at all if the cookie is absent, foreign or changed."""
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


def write_refusals(response: HttpResponse, refused: Mapping[str, datetime]) -> None:
    """Let the device carry refusals without an id; with none, let it carry nothing."""
    if not refused:
        forget(response)
        return
    said = (f"{key}~{_base36(int(at.timestamp()))}" for key, at in sorted(refused.items()))
    _write(response, "r." + "+".join(said))


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
    if not _REFUSED.fullmatch(value):
        return DeviceChoices()
    pairs = (pair.split("~") for pair in value.removeprefix("r.").split("+"))
    refused = {key: datetime.fromtimestamp(int(at, 36), tz=UTC) for key, at in pairs}
    if max(refused.values()) > now + _CLOCK_SKEW:
        return DeviceChoices()
    return DeviceChoices(refused=refused)


def _base36(number: int) -> str:
    """Six characters for a time of this century: the cookie travels with every request."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
