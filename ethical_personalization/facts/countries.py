"""The names of the host's countries in the language of the page."""

import gettext
from collections.abc import Sequence
from functools import cache

import pycountry
from django.utils.translation import get_language, to_locale
from wagtail_personalisation.rules import COUNTRY_CHOICES


def all_countries() -> Sequence[tuple[str, str]]:
    """Code and name; English where the standard's translators have no other name."""
    names = _names(to_locale(get_language() or "en"))
    return [(code, names.gettext(name)) for code, name in COUNTRY_CHOICES]


@cache
def _names(locale: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [locale], fallback=True)
