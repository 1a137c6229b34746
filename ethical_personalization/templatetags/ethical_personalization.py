"""``{% load ethical_personalization %}``: banner, personalised parts, lists and their reasons."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ethical_personalization.conf import conf
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.how_page import EVERYTHING, PARTS
from ethical_personalization.personalization.parts import as_part, begins_with_element
from ethical_personalization.personalization.recommendations import ProductList, recommend
from ethical_personalization.personalization.segments import decide_placement
from ethical_personalization.preferences.registration import above_button, registration_context
from ethical_personalization.shopper.mark import mark_name
from ethical_personalization.transparency import gpc
from ethical_personalization.transparency.banner import banner
from ethical_personalization.transparency.how import told
from ethical_personalization.transparency.items import item_context
from ethical_personalization.transparency.kept_html import rendered_once
from ethical_personalization.transparency.widget import why_context

register = template.Library()
_OURS = "ethical_personalization"
_ASSETS = f"{_OURS}.assets"
_QUESTIONS = f"{_OURS}.registration_questions"


@register.simple_tag(takes_context=True)
def personalization_assets(context: Context) -> str:
    """Our style sheet and our modules, for the ``<head>``; a page gets them once.

    Nothing is inline, so ``style-src 'self'; script-src 'self'`` is policy enough. Everything
    works without the modules too.
    """
    if context.render_context.get(_ASSETS):
        return ""
    context.render_context[_ASSETS] = True
    mark = mark_name() if conf.serves_fragments else ""
    template_name, values = f"{_OURS}/assets.html", {"mark": mark}
    return rendered_once("assets", lambda: render_to_string(template_name, values), mark)


@register.simple_tag(takes_context=True)
def consent_banner(context: Context) -> str:
    """The question, until it is answered; the same for everybody, so that pages stay cacheable.

    Stands first in ``<body>``, where the keyboard comes to it first; it is shown at the foot.
    """
    return banner(_request(context))


@register.simple_tag(takes_context=True)
def why(context: Context, decision: Explained | ProductList | None) -> str:
    """The reason and the controls beside something personalised; nothing beside a default."""
    explained = decision.explained if isinstance(decision, ProductList) else decision
    request = _request(context)
    if request is None or not explained:
        return ""
    return _shown(f"{_OURS}/why.html", why_context(request, explained))


@register.simple_tag(takes_context=True)
def why_item(context: Context, decision: Explained | ProductList | None, product: Any) -> str:
    """A small corner on one product of a list: why this one. Nothing where everybody sees it."""
    explained = decision.explained if isinstance(decision, ProductList) else decision
    request = _request(context)
    if request is None or not explained or not explained.decision.items:
        return ""
    return attempt(
        lambda: _shown(
            f"{_OURS}/why_item.html", item_context(request, explained, product), has_normal=False
        ),
        otherwise="",
        what="why_item",
    )


@register.simple_tag
def preferences_link() -> str:
    """A link to the preference center, for footers and menus."""
    return rendered_once("link", lambda: render_to_string(f"{_OURS}/preferences_link.html"))


@register.simple_tag
def how_link() -> str:
    """A link to *How we personalise*, for footers and menus."""
    return rendered_once("how_link", lambda: render_to_string(f"{_OURS}/how_link.html"))


@register.simple_tag
def preferences_tabs() -> str:
    """Both links as entries of the list that Oscar's account navigation is."""
    return rendered_once("tabs", lambda: render_to_string(f"{_OURS}/preferences_tabs.html"))


@register.simple_tag
def personalization_links() -> str:
    """Both links in a line of their own, where a page has no footer with them."""
    return rendered_once("links", lambda: render_to_string(f"{_OURS}/links.html"))


@register.simple_tag(takes_context=True)
def how_we_personalise(context: Context, part: str = EVERYTHING) -> SafeString:
    """One of the tables of *How we personalise*, or all: what is registered and stored today.

    ``part`` is "purposes", "facts", "parameters", "rights" or "changes".
    """
    known = [name for name, _label in PARTS]
    if part != EVERYTHING and part not in known:
        raise template.TemplateSyntaxError(
            f"No part {part!r} of 'how_we_personalise'; there are: {', '.join(known)}."
        )
    request = _request(context)
    return told(request, known if part == EVERYTHING else [part])


@register.simple_tag(takes_context=True)
def gpc_note(context: Context) -> str:
    """That the browser's Global Privacy Control is honoured, seen only where it is sent."""
    return gpc.gpc_note(_request(context))


@register.simple_tag(takes_context=True)
def recommended_products(
    context: Context, limit: int = 4, *, placement: str = "products", leave_out: Any = None
) -> ProductList:
    """Products that fit the shopper's own answers, or what is new for everybody."""
    key = getattr(leave_out, "pk", None)
    return recommend(context["request"], placement, limit=limit, leave_out=key)


@register.simple_tag(takes_context=True)
def registration_questions(context: Context, form: str = "", page: str = "") -> str:
    """The shop's questions for who opens an account, once per page, and our links below them.

    Stands inside the form, or anywhere with the id of the ``form`` that it belongs to. Of ``page``,
    HTML with Oscar's form, it makes the same with the questions above the form's button.
    """
    request = _request(context)
    if request is None or context.render_context.get(_QUESTIONS):
        return page
    context.render_context[_QUESTIONS] = True
    values = {**registration_context(request), "form": form}
    questions = render_to_string(f"{_OURS}/preferences/registration.html", values)
    return above_button(page, questions)


class PersonalizedNode(template.Node):
    """One part for the segments that fill the placement, the other for everybody."""

    def __init__(self, key: FilterExpression, personal: NodeList, default: NodeList) -> None:
        self.key = key
        self.nodelist_personal = personal
        self.nodelist_default = default
        self.is_markup = begins_with_element([default, personal])

    def render(self, context: Context) -> SafeString:
        """The personal part sees the ``decision``, for ``{% why decision %}``."""
        key = str(self.key.resolve(context))
        if not self.is_markup:
            return self._render(context, key)
        return as_part(context["request"], key, lambda: self._render(context, key))

    def _render(self, context: Context, key: str) -> SafeString:
        explained = decide_placement(context["request"], key)
        with context.push(decision=explained):
            if explained.decision.is_personal:
                return self.nodelist_personal.render(context)
            return self.nodelist_default.render(context)


@register.tag
def personalized(parser: Parser, token: Token) -> PersonalizedNode:
    """``{% personalized "key" %} … {% default %} … {% endpersonalized %}``."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise template.TemplateSyntaxError(
            f'{bits[0]!r} takes the key of a registered placement: {{% {bits[0]} "home-hero" %}}.'
        )
    key = parser.compile_filter(bits[1])
    personal = parser.parse(("default", "endpersonalized"))
    default = NodeList()
    if parser.next_token().contents == "default":
        default = parser.parse(("endpersonalized",))
        parser.delete_first_token()
    return PersonalizedNode(key, personal, default)


class PersonalPartNode(template.Node):
    """What may be personal in a way that only its template knows."""

    def __init__(self, name: FilterExpression, content: NodeList) -> None:
        self.name = name
        self.nodelist = content

    def render(self, context: Context) -> SafeString:
        """The content; in the mode *fragment* with a mark, so that hers can take its place."""
        name = str(self.name.resolve(context))
        return as_part(
            _request(context), name, lambda: self.nodelist.render(context), is_region=True
        )


@register.tag
def personal_part(parser: Parser, token: Token) -> PersonalPartNode:
    """``{% personal_part "name" %} … {% endpersonal_part %}``: whole elements."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise template.TemplateSyntaxError(
            f'{bits[0]!r} takes a name, its own on the page: {{% {bits[0]} "products" %}}.'
        )
    name = parser.compile_filter(bits[1])
    content = parser.parse(("endpersonal_part",))
    parser.delete_first_token()
    return PersonalPartNode(name, content)


@register.simple_tag(takes_context=True)
def preference_section(context: Context, section: Any) -> str:
    """One of the ``sections`` of the preference center; one that fails becomes a sentence."""
    markup: str = section.render(context)
    return markup


def _request(context: Context) -> HttpRequest | None:
    """The request, or None on pages that are rendered without one, such as Django's 500."""
    request: HttpRequest | None = context.get("request")
    return request


def _shown(template_name: str, values: Mapping[str, Any], *, has_normal: bool = True) -> str:
    """The template, or not so much as a line break where there is nothing to say."""
    if not any(values.values()):
        return ""
    return render_to_string(template_name, {**values, "frame": _frame(has_normal=has_normal)})


def _frame(*, has_normal: bool) -> SafeString:
    """What a widget carries for our modules; with the frame of the normal version."""
    template_name, values = f"{_OURS}/why_frame.html", {"has_normal": has_normal}
    return rendered_once("why_frame", lambda: render_to_string(template_name, values), has_normal)
