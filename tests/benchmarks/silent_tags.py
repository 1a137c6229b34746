"""``{% load ethical_personalization %}`` of a shop without us: the same tags, saying nothing.

So one set of templates serves every mode. What a shop shows to everybody stays: the default part of
a placement, and the list of new products, which is the shop's own there.
"""

from dataclasses import dataclass
from typing import Any

from boutique.selections import IN_STOCK
from django import template
from oscar.core.loading import get_model

register = template.Library()
Product = get_model("catalogue", "Product")


@dataclass(frozen=True, kw_only=True)
class JustIn:
    """What is new, for everybody."""

    products: list[Any]
    is_personal: bool = False


@register.simple_tag
def personalization_assets() -> str:
    return ""


@register.simple_tag
def consent_banner() -> str:
    return ""


@register.simple_tag
def preferences_link() -> str:
    return ""


@register.simple_tag
def how_link() -> str:
    return ""


@register.simple_tag
def registration_questions(form: str = "", page: str = "") -> str:
    return page


@register.simple_tag
def gpc_note() -> str:
    return ""


@register.simple_tag
def why(decision: object) -> str:
    return ""


@register.simple_tag
def why_item(decision: object, product: object) -> str:
    return ""


@register.simple_tag
def recommended_products(limit: int = 4, *, placement: str = "", leave_out: Any = None) -> JustIn:
    in_stock = (
        Product.objects.browsable().filter(IN_STOCK).exclude(pk=getattr(leave_out, "pk", None))
    )
    newest = Product.objects.filter(pk__in=in_stock.values("pk")).base_queryset()
    return JustIn(products=list(newest.order_by("-date_created", "-pk")[:limit]))


@register.tag
def personalized(parser: Any, token: Any) -> template.base.NodeList:
    parser.parse(("default", "endpersonalized"))
    if parser.next_token().contents != "default":
        return template.base.TextNode("")
    default = parser.parse(("endpersonalized",))
    parser.delete_first_token()
    return DefaultNode(default)


@register.tag
def personal_part(parser: Any, token: Any) -> template.base.NodeList:
    inside = parser.parse(("endpersonal_part",))
    parser.delete_first_token()
    return DefaultNode(inside)


class DefaultNode(template.Node):
    """The part that everybody sees."""

    def __init__(self, default: template.base.NodeList) -> None:
        self.nodelist = default

    def render(self, context: template.Context) -> str:
        return self.nodelist.render(context)
