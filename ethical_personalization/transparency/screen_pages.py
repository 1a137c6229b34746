"""A notice as a page of its own, drawn by the style sheet of its time; nothing on it acts."""

import base64
import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ethical_personalization.models import Notice

from .inert import inert, unfolded


def screen_markup(notice: Notice, *, is_unfolded: bool = False) -> SafeString:
    """The stored screen, made inert once more: nobody has to trust the table."""
    screen = inert(notice.screen)
    return mark_safe(unfolded(screen) if is_unfolded else screen)  # noqa: S308 - inert


def screen_page(notice: Notice) -> HttpResponse:
    """In a sandbox, without scripts, forms or anything from elsewhere."""
    style = "" if "<" in notice.style else notice.style
    context = {
        "notice": notice,
        "screen": screen_markup(notice),
        "is_rtl": _is_rtl(notice.language),
        # It holds no "<", so it can't end its element; the policy below names it by its hash.
        "style_element": mark_safe(f"<style>{style}</style>"),  # noqa: S308
    }
    response = HttpResponse(render_to_string("ethical_personalization/screen.html", context))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{digest}'; sandbox"
    )
    return response


def _is_rtl(language: str) -> bool:
    """Also of a language that only the shop knows, at which Django's own tag would raise."""
    return bool({language, language.partition("-")[0]} & set(settings.LANGUAGES_BIDI))
