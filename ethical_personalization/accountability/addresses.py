"""What an address of the shop is: which view answers it, whether it is ours, how it is told."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from wagtail.models import Page, Site

APP = "ethical_personalization"
#: What ends the visit, or belongs to those who run the shop.
_SKIPPED_VIEWS = (
    "customer:logout",
    "admin:index",
    "dashboard:index",
    "wagtailadmin_home",
)
#: Links of Oscar that do something instead of showing something.
_ACTIONS = frozenset({"customer:address-change-status"})


class Kinds:
    """What counts as pages of one kind. Asks the database when it is made, never later."""

    def __init__(self) -> None:
        self._types = dict(_types_of_pages())

    def of(self, url: str) -> str:
        """The view behind ``url`` and whether it is asked with parameters.

        One view shows all of Wagtail's pages, so the page's type is told with it.
        """
        parts = urlsplit(url)
        found = _match(parts.path)
        name = (found.view_name or found.route) if found else parts.path
        if found and found.view_name == "wagtail_serve":
            name = f"{name} {self._types.get(found.args[0], '')}"
        return f"{name}?" if parts.query else name


def is_ours(url: str) -> bool:
    """Whether the address is one of the preference center."""
    found = _match(urlsplit(url).path)
    return found is not None and APP in found.app_names


def is_view(url: str, name: str) -> bool:
    """Whether the view called ``name`` answers ``url``."""
    found = _match(urlsplit(url).path)
    return found is not None and found.view_name == name


def is_action(url: str) -> bool:
    """Whether following the link would change something."""
    found = _match(urlsplit(url).path)
    return found is not None and found.view_name in _ACTIONS


def skipped_prefixes() -> tuple[str, ...]:
    """Where no crawl goes: logout, back offices, and files of the shop."""
    prefixes = [settings.STATIC_URL, settings.MEDIA_URL]
    for name in _SKIPPED_VIEWS:
        try:
            prefixes.append(reverse(name))
        except NoReverseMatch:
            continue
    return tuple(prefix for prefix in prefixes if prefix and prefix != "/")


def told(url: str, *, is_private: bool) -> str:
    """The address as a report may name it: parameters without their values.

    In an account the path itself may be personal (the number of an order): then the pattern of
    the path is told.
    """
    parts = urlsplit(url)
    path = f"//{parts.netloc}{parts.path}" if parts.netloc else parts.path
    found = _match(path)
    if is_private and found is not None and found.kwargs:
        path = f"/{found.route}"
    names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return path + (f"?{'&'.join(names)}" if names else "")


def _types_of_pages() -> Iterator[tuple[str, str]]:
    """Of each live page the path below the root of a site, and the name of its model."""
    rows = Page.objects.live().values_list("url_path", "content_type__model")
    for site in Site.get_site_root_paths():
        for path, model in rows.filter(url_path__startswith=site.root_path).iterator():
            yield path.removeprefix(site.root_path), model


def _match(path: str) -> ResolverMatch | None:
    language = translation.get_language_from_path(path) or translation.get_language()
    try:
        with translation.override(language):
            return resolve(path)
    except Resolver404:
        return None
