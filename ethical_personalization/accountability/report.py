"""What a crawl tells: how far it came, what was left, what of it is allowed and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .traces import KIND_LABELS, STAGE_LABELS, Trace

_MOST_PAGES_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Report:
    """The outcome of a crawl."""

    pages: int
    kinds: int
    traces: tuple[Trace, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """What nothing allows, a line for each."""
        return tuple(_told(trace for trace in self.traces if trace.is_finding))

    def lines(self) -> Iterator[str]:
        """The report as lines of plain text."""
        yield _("%(pages)d pages of %(kinds)d kinds were answered.") % {
            "pages": self.pages,
            "kinds": self.kinds,
        }
        allowed = tuple(_told(trace for trace in self.traces if not trace.is_finding))
        for title, lines in ((_("Allowed:"), allowed), (_("Findings:"), self.findings)):
            if lines:
                yield title
                yield from (f"  {line}" for line in lines)
        if not self.findings:
            yield _("Nothing else was left.")


def _told(traces: Iterable[Trace]) -> Iterator[str]:
    """One line for all traces that differ in their page only."""
    pages: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for trace in traces:
        stage, kind = str(STAGE_LABELS[trace.stage]), str(KIND_LABELS[trace.kind])
        found = pages[stage, kind, trace.name, trace.detail, trace.reason]
        if trace.page and trace.page not in found:
            found.append(trace.page)
    for (stage, kind, name, detail, reason), found in pages.items():
        parts = [f"{stage}: {kind} {name}", detail, _named(found), reason]
        yield " · ".join(part for part in parts if part)


def _named(pages: Sequence[str]) -> str:
    if not pages:
        return ""
    named = ", ".join(pages[:_MOST_PAGES_NAMED])
    more = len(pages) - _MOST_PAGES_NAMED
    if more <= 0:
        return named
    return ngettext("%(pages)s and %(more)d more", "%(pages)s and %(more)d more", more) % {
        "pages": named,
        "more": more,
    }
