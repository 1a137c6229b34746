"""The order of a crawl: look at every table, let the visitor act, look again."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _

from .allowed import Allowances
from .crawl import Crawl
from .report import Report
from .tables import TableChange, changes, snapshot
from .traces import Kind, Stage, Trace

Act = Callable[[], None]
_LINE = "basket.Line"
_NUMBER = re.compile(r"\d+")
_OF_SESSIONS = (
    (Kind.TABLE, "sessions.Session"),
    (Kind.COOKIE, settings.SESSION_COOKIE_NAME),
)


def run(
    crawl: Crawl,
    allowances: Allowances,
    *,
    with_garbage: bool,
    do: Callable[[Act], None] = lambda act: act(),
) -> Report:
    """Let the visitor browse, fill her basket and, if asked, send garbage.

    ``do`` runs each act, for a browser in a thread of its own. The first snapshot is taken
    after she logged in: the account's session is what she came with.
    """
    acts = {Stage.BROWSING: crawl.browse, Stage.BASKET: crawl.fill_basket}
    if with_garbage:
        acts[Stage.GARBAGE] = crawl.send_garbage
    traces: list[Trace] = []
    before, known = snapshot(), _names_in_session(crawl.session_key)
    for stage, act in acts.items():
        do(act)
        after, names = snapshot(), _names_in_session(crawl.session_key) - known
        found = [*crawl.take_traces(), *_rows(changes(before, after), stage, allowances)]
        traces += [_judged(trace, names, allowances) for trace in found]
        before = after
    return Report(pages=crawl.pages, kinds=crawl.kinds, traces=tuple(traces))


def _rows(changed: Iterable[TableChange], stage: Stage, allowances: Allowances) -> Iterator[Trace]:
    labels = set()
    for change in changed:
        labels.add(change.label)
        yield Trace(
            stage=stage,
            kind=Kind.TABLE,
            name=change.label,
            detail=_told(change),
            reason=allowances.why_rows(change, stage),
        )
    if stage is Stage.BASKET and _LINE not in labels:
        yield Trace(stage=stage, kind=Kind.GAP, name=_("No product could be put into a basket."))


def _judged(trace: Trace, names: frozenset[str], allowances: Allowances) -> Trace:
    """A session's row and cookie say little by themselves: what it holds decides."""
    if trace.reason or (trace.kind, trace.name) not in _OF_SESSIONS:
        return trace
    detail = ", ".join(filter(None, (trace.detail, *sorted(names))))
    return replace(trace, detail=detail, reason=allowances.why_session(names, trace.stage))


def _told(change: TableChange) -> str:
    counts = _("%(added)d new, %(removed)d gone, %(changed)d changed") % {
        "added": change.added,
        "removed": change.removed,
        "changed": change.changed,
    }
    return f"{counts} ({', '.join(sorted(change.columns))})" if change.columns else counts


def _names_in_session(key: str) -> frozenset[str]:
    """The names in the session, whatever engine keeps it, numbers replaced by ``#``."""
    if not key:
        return frozenset()
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return frozenset(_NUMBER.sub("#", name) for name in store.keys())  # noqa: SIM118 - a session is no mapping
