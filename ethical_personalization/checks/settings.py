"""Whether the settings under our prefix are known, usable, and safe in production."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import CheckMessage

from ethical_personalization.conf import NAMES, PREFIX, conf

from .messages import error, warning


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """Which values of a setting can be used, and an example of one."""

    number: str
    name: str
    is_met: Callable[[Any], bool]
    example: str


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 400


def _is_period(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _CENTURY


def _are_keys(value: Any) -> bool:
    is_key = _matches(r"[0-9a-fA-F]{64}")
    return isinstance(value, list | tuple) and bool(value) and all(map(is_key, value))


_CENTURY = 36_525
#: Of one process, none at all, or no faster than the query that they would spare.
_NOT_SHARED = (LocMemCache, DummyCache, DatabaseCache)
REQUIREMENTS = (
    Requirement(
        number="E010",
        name="COOKIE_NAME",
        is_met=_matches(r"[A-Za-z0-9_.-]+"),
        example='"ep_choices"',
    ),
    Requirement(
        number="E011",
        name="COOKIE_DAYS",
        is_met=_is_days,
        example="180, a number from 1 to 400",
    ),
    Requirement(
        number="E012",
        name="COOKIE_SECURE",
        is_met=lambda value: isinstance(value, bool),
        example="True",
    ),
    Requirement(
        number="E013",
        name="SEALING_KEYS",
        is_met=lambda value: value is None or _are_keys(value),
        example="[…], each key 64 hexadecimal digits, the newest first",
    ),
    Requirement(
        number="E014",
        name="BRAND_ATTRIBUTE",
        is_met=_matches(r".+"),
        example='"brand", the code of a product attribute',
    ),
    Requirement(
        number="E015",
        name="COUNTRY_HEADER",
        is_met=_matches(r"[A-Za-z0-9-]*"),
        example='"CF-IPCountry", the name as your proxy sends it',
    ),
    Requirement(
        number="E030",
        name="ADDRESS_HEADER",
        is_met=_matches(r"[A-Za-z0-9-]*"),
        example='"X-Real-IP", the name as your proxy sends it',
    ),
    Requirement(
        number="E016",
        name="OSCAR_ROWS",
        is_met=lambda value: isinstance(value, bool),
        example="False",
    ),
    Requirement(
        number="E034",
        name="SHARED_CACHE",
        is_met=lambda value: isinstance(value, str),
        example='"default", the alias of a cache in CACHES',
    ),
    Requirement(
        number="E040",
        name="CACHE_MODE",
        is_met=lambda value: value in ("inline", "fragment"),
        example='"inline", or "fragment"',
    ),
    Requirement(
        number="E020",
        name="SIGNING_KEYS",
        is_met=lambda value: value is None or _are_keys(value),
        example="[…], each key 64 hexadecimal digits, the newest first",
    ),
    Requirement(
        number="E021",
        name="PROOF_DAYS",
        is_met=_is_period,
        example="1096, a number of days from 1 to 36525",
    ),
)


def check_names(**kwargs: Any) -> list[CheckMessage]:
    """A typing error in a name would pass in silence."""
    known = ", ".join(PREFIX + name for name in sorted(NAMES))
    return [
        warning("W001", f"There is no setting {name}.", f"Remove it, or use one of: {known}.")
        for name in dir(settings)
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in NAMES
    ]


def check_values(**kwargs: Any) -> list[CheckMessage]:
    """Values are not quoted: some are secret."""
    return [
        error(
            required.number,
            f"The value of {PREFIX}{required.name} can't be used.",
            f"Write {PREFIX}{required.name} = {required.example}",
        )
        for required in REQUIREMENTS
        if hasattr(settings, PREFIX + required.name)
        and not required.is_met(getattr(settings, PREFIX + required.name))
    ]


def check_cookie_prefix(**kwargs: Any) -> list[CheckMessage]:
    """Browsers drop such a cookie in silence if it may travel without HTTPS."""
    if conf.cookie_is_secure or not conf.cookie_name.startswith(("__Host-", "__Secure-")):
        return []
    text = f"No browser keeps the cookie {conf.cookie_name}."
    return [error("E031", text, f"Write {PREFIX}COOKIE_SECURE = True, or choose another name.")]


def check_shared_cache(**kwargs: Any) -> list[CheckMessage]:
    """A worker that keeps choices for itself would not hear that they were taken back."""
    alias = conf.shared_cache
    if not alias:
        return []
    hint = "Name a cache on Redis, Valkey or Memcached that all workers share, or leave it out."
    if alias not in settings.CACHES:
        return [error("E032", f"{PREFIX}SHARED_CACHE names no cache of CACHES.", hint)]
    if not isinstance(caches[alias], _NOT_SHARED):
        return []
    return [error("E033", f"The cache {alias!r} is not one that workers share.", hint)]


def check_deployed_cookies(**kwargs: Any) -> list[CheckMessage]:
    """Cookies that tell about a shopper travel over HTTPS only."""
    cookies = (
        ("W010", "OSCAR_BASKET_COOKIE_SECURE", False),
        ("W011", "OSCAR_RECENTLY_VIEWED_COOKIE_SECURE", False),
        ("W012", PREFIX + "COOKIE_SECURE", settings.SESSION_COOKIE_SECURE),
    )
    return [
        warning(number, f"{name} is not True.", f"Add to your settings: {name} = True")
        for number, name, default in cookies
        if not getattr(settings, name, default)
    ]


def check_deployed_keys(**kwargs: Any) -> list[CheckMessage]:
    """What is sealed and what is signed survives a change of ``SECRET_KEY``."""
    make = "python -c 'import secrets; print(secrets.token_hex(32))'"
    keys = (
        ("W013", "SEALING_KEY", "What shoppers told you is sealed with SECRET_KEY."),
        ("W021", "SIGNING_KEY", "The daily roots of the ledger are signed with SECRET_KEY."),
    )
    return [
        warning(
            number,
            text,
            f'Add to your settings: {PREFIX}{name}S = [os.environ["{name}"]], with the output of: '
            f"{make}",
        )
        for number, name, text in keys
        if not getattr(settings, f"{PREFIX}{name}S", None)
    ]


def check_deployed_proxy(**kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy all visitors have the address of the proxy."""
    has_proxy = settings.SECURE_PROXY_SSL_HEADER or settings.USE_X_FORWARDED_HOST
    if not has_proxy or getattr(settings, PREFIX + "ADDRESS_HEADER", None):
        return []
    hint = (
        f'Add to your settings: {PREFIX}ADDRESS_HEADER = "X-Real-IP", and let the proxy set that '
        "header on every request."
    )
    return [warning("W030", "Nothing tells visitors behind your proxy apart.", hint)]
