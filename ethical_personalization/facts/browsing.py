"""What the shopper opens: visits to those pages that a rule counts, and to no others."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind

from .counted_pages import counted_pages
from .source import FactSource

#: The sealed record, named after its purpose: {"visits": {page id: number of visits}}.
RECORD = PURPOSE = "browsing"


def visits_fact_key(page_pk: int) -> str:
    """The key of the fact that counts the visits to one page."""
    return f"browsing.page_visits.{page_pk}"


def counts_visits(page_pk: int) -> bool:
    """Whether an enabled segment asks how often this page was opened."""
    page = counted_pages.get().get(page_pk)
    return page is not None and page.is_asked_for


def visit_facts() -> Iterator[Fact]:
    """A fact for each page that a rule counts; what no rule asks for is not kept."""
    for pk, page in counted_pages.get().items():
        yield visit_fact(pk, page.title)


def visit_fact(page_pk: int, title: str) -> Fact:
    """The fact that counts the visits to one page."""
    return Fact(
        key=visits_fact_key(page_pk),
        label=_("Visits to “%(page)s”") % {"page": title},
        kind=FactKind.NUMBER,
        purpose=PURPOSE,
        data_category="BrowsingBehavior",
        source=_("Counted when you open the page."),
        reader=partial(_visits, page_pk),
        sentence=partial(_sentence, title),
        change_at="choices",
        is_encrypted=True,
        forget=partial(_without, page_pk),
    )


def one_more_visit(record: Mapping[str, Any], page_pk: int) -> dict[str, Any]:
    """The record after one more visit."""
    visits = dict(record.get("visits", {}))
    visits[str(page_pk)] = visits.get(str(page_pk), 0) + 1
    return {**record, "visits": visits}


def _without(page_pk: int, record: Mapping[str, Any]) -> dict[str, Any]:
    visits = {
        page: count for page, count in record.get("visits", {}).items() if page != str(page_pk)
    }
    rest = {name: value for name, value in record.items() if name != "visits"}
    return {**rest, "visits": visits} if visits else rest


def _visits(page_pk: int, source: FactSource) -> int:
    count: int = source.unsealed(RECORD).get("visits", {}).get(str(page_pk), 0)
    return count


def _sentence(title: str, evidence: Evidence, values: str) -> str:
    count = int(evidence.reading.value)
    if not count:
        return gettext("You have not opened “%(page)s” yet.") % {"page": title}
    words = {"count": count, "page": title}
    return (
        ngettext(
            "You opened “%(page)s” %(count)d time.", "You opened “%(page)s” %(count)d times.", count
        )
        % words
    )
