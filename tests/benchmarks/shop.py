"""The shop that is measured: the boutique with as many segments and variants as asked for.

Each segment has three rules, of which the first two are true for every shopper here, so that none
is spared by a rule that fails early; the third wants a word in the address. So one address shows
the page to everybody and another one, with ``?campaign=…``, the variant of the *last* segment.
Every segment has a live variant of both Wagtail pages, which is the worst case.

One segment more has a variant of both, too, and asks what a shopper looked at: it counts the visits
to both pages, and in the shop of rules on facts it wants a category that nobody here opens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boutique.demo.personalization import clear_personalization
from boutique.models import LandingPage
from django.core.cache import cache
from oscar.core.loading import get_model
from wagtail.models import Page, Site
from wagtail_personalisation import rules as peer
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.facts.categories import categories_of
from ethical_personalization.models import (
    FactRule,
    PreferenceQuestion,
    QuestionSource,
    SegmentPolicy,
)

#: A question of the shop's own: its answer makes no product list personal.
QUESTION, ANSWER = "occasion", "Work"
#: Words of a variant, which no other page has.
OPENING = "Only for segment number"
#: The segment that asks what a shopper looked at.
BROWSED = "Browsed"
PAGES = ("home", "landing", "catalogue", "category", "product")


@dataclass(frozen=True, kw_only=True)
class MeasuredPage:
    """A page by the name it has in the tables; a Wagtail page has variants."""

    name: str
    path: str
    is_wagtail: bool = False


def prepare() -> None:
    """Take the demonstration's own segments away; add a question that is about no product."""
    clear_personalization()
    PreferenceQuestion.objects.create(
        key=QUESTION, title="What for?", source=QuestionSource.OPTIONS, options=f"{ANSWER}\nLeisure"
    )
    for page in _wagtail_pages():
        PersonalisablePageMetadata.objects.create(canonical_page=page, variant=page)
    _make_segment(0, BROWSED, match_any=True)


def measured_pages() -> list[MeasuredPage]:
    """The two kinds of Wagtail's pages here, and the three of Oscar's that most people open."""
    category, product = _category(), _product()
    _home, landing = _wagtail_pages()
    return [
        MeasuredPage(name="home", path="/", is_wagtail=True),
        MeasuredPage(name="landing", path=landing.get_url(), is_wagtail=True),
        MeasuredPage(name="catalogue", path="/shop/catalogue/"),
        MeasuredPage(name="category", path=category.get_absolute_url()),
        MeasuredPage(name="product", path=product.get_absolute_url()),
    ]


def categories_here() -> list[int]:
    """The categories that the measured pages are about."""
    return [_category().pk, *categories_of(_product())]


def categories_elsewhere() -> tuple[int, int]:
    """Two categories that none of the measured pages is about."""
    leaves = get_model("catalogue", "Category").objects.filter(numchild=0).order_by("pk")
    first, second = leaves.exclude(pk__in=categories_here()).values_list("pk", flat=True)[:2]
    return first, second


def grow(number: int) -> None:
    """Let the shop have ``number`` enabled segments, each with its variants; it never shrinks."""
    there = Segment.objects.exclude(name=BROWSED).count()
    for serial in range(there + 1, number + 1):
        _make_segment(serial, f"Segment {serial}")


def write_rules(kind: str) -> None:
    """Give every segment three rules of one kind, in place of those it had."""
    for model in AbstractBaseRule.get_descendant_models():
        model.objects.all().delete()
    segments = list(Segment.objects.exclude(name=BROWSED).order_by("pk"))
    for make in RULES[kind]:
        made = [make(segment, serial) for serial, segment in enumerate(segments, start=1)]
        type(made[0]).objects.bulk_create(made)
    _ask_what_was_looked_at(kind)
    segments[-1].save()  # a signal for whoever keeps rules in memory
    cache.clear()


def _ask_what_was_looked_at(kind: str) -> None:
    """True for nobody; any of the rules would do, so that all of them are evaluated."""
    segment = Segment.objects.get(name=BROWSED)
    for page in _wagtail_pages():
        peer.VisitCountRule.objects.create(
            segment=segment, counted_page=page, operator="more_than", count=30_000
        )
    if kind == "facts":
        _viewed, wanted = categories_elsewhere()
        FactRule.objects.create(
            segment=segment, fact="browsing.categories", operator="any_of", value=[str(wanted)]
        )


def _any_day(segment: Segment, serial: int) -> Any:
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), True)
    return peer.DayRule(segment=segment, **days)


def _computer(segment: Segment, serial: int) -> Any:
    return peer.DeviceRule(segment=segment, desktop=True)


def _campaign(segment: Segment, serial: int) -> Any:
    return peer.QueryRule(segment=segment, parameter="campaign", value=str(serial))


def _told(segment: Segment, serial: int) -> Any:
    return FactRule(segment=segment, fact=f"stated.{QUESTION}", operator="any_of", value=[ANSWER])


def _device(segment: Segment, serial: int) -> Any:
    return FactRule(segment=segment, fact="context.device", operator="one_of", value=["desktop"])


def _word(segment: Segment, serial: int) -> Any:
    wanted = [f"campaign={serial}"]
    return FactRule(segment=segment, fact="context.query", operator="any_of", value=wanted)


#: *host*: rules of wagtail-personalisation, which all can evaluate; *facts*: rules on facts, one of
#: them on a sealed answer.
RULES: dict[str, tuple[Callable[[Segment, int], Any], ...]] = {
    "host": (_any_day, _computer, _campaign),
    "facts": (_told, _device, _word),
}


def _wagtail_pages() -> list[Page]:
    home = Site.objects.get(is_default_site=True).root_page.specific
    return [home, LandingPage.objects.get(slug="linen")]


def _category() -> Any:
    return get_model("catalogue", "Category").objects.get(name="Dresses")


def _product() -> Any:
    products = get_model("catalogue", "Product").objects.browsable().filter(structure="parent")
    return products.filter(categories=_category()).order_by("pk")[0]


def _make_segment(serial: int, name: str, *, match_any: bool = False) -> None:
    segment = Segment.objects.create(name=name, match_any=match_any)
    SegmentPolicy.objects.create(segment=segment, name=name, priority=serial)
    for page in _wagtail_pages():
        _vary(page, segment, serial)


def _vary(page: Page, segment: Segment, serial: int) -> None:
    """A live sibling with the content of ``page``; the host's copy also writes a revision."""
    content = {field.name: getattr(page, field.name) for field in _content_fields(page)}
    content["opening"] = f"{OPENING} {serial}"
    variant = type(page)(
        slug=f"{page.slug}-{serial}", title=f"{page.title} ({segment.name})", **content
    )
    page.add_sibling(pos="last-sibling", instance=variant)
    PersonalisablePageMetadata.objects.create(canonical_page=page, variant=variant, segment=segment)


def _content_fields(page: Page) -> list[Any]:
    return [field for field in page._meta.local_fields if not field.primary_key]
