"""Which pages' visits are counted, because a rule asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Page
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import VisitCountRule

from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature


@dataclass(frozen=True, kw_only=True)
class CountedPage:
    """A page whose visits some rule counts; ``is_asked_for`` if one of an enabled segment does."""

    title: str
    is_asked_for: bool


def _rows() -> Iterator[Rows]:
    rules = VisitCountRule.objects.all()
    yield Rows(label="visit_rule", queryset=rules, fields=("segment", "counted_page"))
    yield Rows(label="segment_status", queryset=Segment.objects.all(), fields=("status",))
    counted = Page.objects.filter(pk__in=rules.values("counted_page"))
    yield Rows(label="counted_page", queryset=counted, fields=("title",))


def _find_counted() -> dict[int, CountedPage]:
    rules = VisitCountRule.objects.order_by("counted_page_id").values_list(
        "counted_page_id", "counted_page__title", "segment__status"
    )
    titles = {pk: title for pk, title, _status in rules}
    asked_for = {pk for pk, _title, status in rules if status == Segment.STATUS_ENABLED}
    return {
        pk: CountedPage(title=title, is_asked_for=pk in asked_for) for pk, title in titles.items()
    }


#: The pages whose visits a rule counts, by primary key.
counted_pages: Published[dict[int, CountedPage]] = Published(
    "counted_pages", rows=_rows, compile_rows=_find_counted, signature=code_signature
)
