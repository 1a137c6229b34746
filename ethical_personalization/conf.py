"""The settings, read when used, so that ``override_settings`` works."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings

PREFIX = "ETHICAL_PERSONALIZATION_"


class Settings:
    """One property per setting; the defaults suit nearly every shop."""

    def _get(self, name: str, default: Any) -> Any:
        return getattr(settings, PREFIX + name, default)

    @property
    def cookie_name(self) -> str:
        """``ETHICAL_PERSONALIZATION_COOKIE_NAME``: the one cookie of ours."""
        return str(self._get("COOKIE_NAME", "ep_choices"))

    @property
    def cookie_max_age(self) -> timedelta:
        """``ETHICAL_PERSONALIZATION_COOKIE_DAYS``: how long a device keeps its choices."""
        return timedelta(days=self._get("COOKIE_DAYS", 180))

    @property
    def cookie_is_secure(self) -> bool:
        """``ETHICAL_PERSONALIZATION_COOKIE_SECURE``: HTTPS only; as the session cookie's."""
        return bool(self._get("COOKIE_SECURE", settings.SESSION_COOKIE_SECURE))

    @property
    def sealing_keys(self) -> tuple[bytes, ...]:
        """``ETHICAL_PERSONALIZATION_SEALING_KEYS``: 32 bytes each, the newest first.

        Without it a key is derived from ``SECRET_KEY``; then changing that loses what is sealed.
        """
        given = self._get("SEALING_KEYS", None)
        if given:
            return tuple(bytes.fromhex(key) for key in given)
        seed = b"ethical_personalization.sealing" + settings.SECRET_KEY.encode()
        return (hashlib.sha256(seed).digest(),)

    @property
    def signing_keys(self) -> tuple[bytes, ...]:
        """``ETHICAL_PERSONALIZATION_SIGNING_KEYS``: seeds of Ed25519, 32 bytes each, newest first.

        The first signs the daily roots; what the others signed is still trusted. Without it they
        are derived from ``SECRET_KEY`` and ``SECRET_KEY_FALLBACKS``.
        """
        given = self._get("SIGNING_KEYS", None)
        if given:
            return tuple(bytes.fromhex(key) for key in given)
        secrets = map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        seed = b"ethical_personalization.signing"
        return tuple(hashlib.sha256(seed + secret.encode()).digest() for secret in secrets)

    @property
    def proof_period(self) -> timedelta:
        """``ETHICAL_PERSONALIZATION_PROOF_DAYS``: how long a choice stays proved after its end.

        Three years: within that time most claims can still be raised (in Germany: § 195 BGB).
        """
        return timedelta(days=self._get("PROOF_DAYS", 1096))

    @property
    def brand_attribute(self) -> str:
        """``ETHICAL_PERSONALIZATION_BRAND_ATTRIBUTE``: the product attribute with the brand."""
        return str(self._get("BRAND_ATTRIBUTE", "brand"))

    @property
    def country_header(self) -> str:
        """``ETHICAL_PERSONALIZATION_COUNTRY_HEADER``: where your own proxy names the country.

        Name it only if the proxy sets or removes it on every request; any client can send a
        header. Empty (the default): the country is not known.
        """
        return str(self._get("COUNTRY_HEADER", ""))

    @property
    def address_header(self) -> str:
        """``ETHICAL_PERSONALIZATION_ADDRESS_HEADER``: where your own proxy names the visitor.

        Name it only if the proxy sets it on every request; any client can send a header. Empty
        (the default): the other end of the connection is asked, unless that is a private address.
        """
        return str(self._get("ADDRESS_HEADER", ""))

    @property
    def shared_cache(self) -> str:
        """``ETHICAL_PERSONALIZATION_SHARED_CACHE``: the alias of a cache that all workers share.

        With it the pages of a shopper who allowed something cost a query less.
        """
        return str(self._get("SHARED_CACHE", ""))

    @property
    def keeps_oscar_rows(self) -> bool:
        """``ETHICAL_PERSONALIZATION_OSCAR_ROWS``: whether Oscar's own rows are kept as well.

        Rows about views, searches and baskets of accounts that permit *what you look at*.
        """
        return bool(self._get("OSCAR_ROWS", default=False))

    @property
    def serves_fragments(self) -> bool:
        """``ETHICAL_PERSONALIZATION_CACHE_MODE``: whether it is "fragment" instead of "inline".

        Then pages are the same for everybody, and what is personal comes by a request of its own.
        """
        return bool(self._get("CACHE_MODE", "inline") == "fragment")


NAMES = frozenset(
    {
        "COOKIE_NAME",
        "COOKIE_DAYS",
        "COOKIE_SECURE",
        "SEALING_KEYS",
        "SIGNING_KEYS",
        "PROOF_DAYS",
        "BRAND_ATTRIBUTE",
        "COUNTRY_HEADER",
        "ADDRESS_HEADER",
        "OSCAR_ROWS",
        "SHARED_CACHE",
        "CACHE_MODE",
    }
)

conf = Settings()
