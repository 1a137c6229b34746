"""``{% load ethical_personalization %}``: banner, personalised parts, lists and their reasons."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from ethical_personalization.core.explanations import Explained
from ethical_personalization.personalization.recommendations import ProductList, recommend
from ethical_personalization.personalization.segments import decide_placement
from ethical_personalization.transparency.banner import banner_context
from ethical_personalization.transparency.widget import why_context

register = template.Library()


@register.inclusion_tag("ethical_personalization/consent_banner.html", takes_context=True)
def consent_banner(context: Context) -> dict[str, Any]:
    """The question, until it is answered; the same for everybody, so that pages stay cacheable."""
    return banner_context(context["request"])


@register.inclusion_tag("ethical_personalization/why.html", takes_context=True)
def why(context: Context, decision: Explained | ProductList | None) -> dict[str, Any]:
    """The reason and the controls beside something personalised; nothing beside a default."""
    explained = decision.explained if isinstance(decision, ProductList) else decision
    return why_context(context["request"], explained)


@register.inclusion_tag("ethical_personalization/preferences_link.html")
def preferences_link() -> dict[str, Any]:
    """A link to the preference center, for footers and menus."""
    return {}


@register.simple_tag(takes_context=True)
def recommended_products(
    context: Context, limit: int = 4, *, placement: str = "products", leave_out: Any = None
) -> ProductList:
    """Products that fit the shopper's own answers, or what is new for everybody."""
    key = getattr(leave_out, "pk", None)
    return recommend(context["request"], placement, limit=limit, leave_out=key)


class PersonalizedNode(template.Node):
    """One part for the segments that fill the placement, the other for everybody."""

    def __init__(self, key: FilterExpression, personal: NodeList, default: NodeList) -> None:
        self.key = key
        self.nodelist_personal = personal
        self.nodelist_default = default

    def render(self, context: Context) -> SafeString:
        """The personal part sees the ``decision``, for ``{% why decision %}``."""
        explained = decide_placement(context["request"], str(self.key.resolve(context)))
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
