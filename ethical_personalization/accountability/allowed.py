"""What may be left behind without consent, each with its reason. Everything else is a finding."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractRendition

from ethical_personalization.core.text import Words

from .addresses import APP, is_ours
from .answers import Answer
from .oscars_faults import oscars_faults
from .tables import TableChange
from .traces import Stage

_EVERYWHERE = frozenset(Stage)
#: Oscar keeps there what its basket form refused; Django the messages too long for a cookie.
_IN_SESSION = frozenset({"add_to_basket_form_post_data_#", SessionStorage.session_key})
_AFTER_BROWSING = frozenset({Stage.BASKET, Stage.GARBAGE})


@dataclass(frozen=True, kw_only=True)
class AllowedRows:
    """Rows of a table that may come and, if ``columns`` is empty, change in any of them.

    With ``columns`` only these may differ in a row that was there. Rows may only go ``with_loss``.
    """

    label: str
    reason: Words
    stages: frozenset[Stage] = _EVERYWHERE
    columns: frozenset[str] = frozenset()
    with_loss: bool = False

    def covers(self, change: TableChange, stage: Stage) -> bool:
        """Whether the whole of ``change`` is allowed."""
        return (
            self.label in (change.label, change.table)
            and stage in self.stages
            and (self.with_loss or not change.removed)
            and (not self.columns or change.columns <= self.columns)
        )


@dataclass(frozen=True, kw_only=True)
class AllowedCookie:
    """A cookie that may be set, if ``holds`` is true of the answer that set it."""

    name: str
    reason: Words
    stages: frozenset[Stage] = _EVERYWHERE
    holds: Callable[[Answer], bool] = lambda answer: True

    def covers(self, name: str, answer: Answer, stage: Stage) -> bool:
        """Whether ``answer`` may set the cookie."""
        return name == self.name and stage in self.stages and self.holds(answer)


_OPENED_FOR_ACCOUNTS = AllowedRows(
    label="basket.Basket",
    reason=_("Oscar opens an empty basket for an account on its first page."),
)


def allowed_rows() -> Iterable[AllowedRows]:
    """The tables that may change."""
    yield AllowedRows(
        label="analytics.ProductRecord",
        reason=_("Counts of a product, with nobody's name on them."),
        columns=frozenset({"num_views", "num_basket_additions", "score"}),
    )
    for label in _pictures():
        yield AllowedRows(
            label=label, reason=_("A picture in the size of a page, made when it is first shown.")
        )
    for name in ("Basket", "Line", "LineAttribute"):
        yield AllowedRows(
            label=f"basket.{name}",
            reason=_("The basket that she filled."),
            stages=_AFTER_BROWSING,
        )


def allowed_cookies() -> Iterable[AllowedCookie]:
    """The cookies that may be set."""
    yield AllowedCookie(
        name=settings.CSRF_COOKIE_NAME,
        reason=_("A form on the page is protected against forgery."),
        holds=_has_protected_form,
    )
    yield AllowedCookie(
        name=settings.LANGUAGE_COOKIE_NAME,
        reason=_("The language that she picked."),
        holds=lambda answer: bool(answer.leads_to),
    )
    yield AllowedCookie(
        name=settings.OSCAR_BASKET_COOKIE_OPEN,  # type: ignore[misc]  # Oscar's, not Django's
        reason=_("Leads to the basket that she filled."),
        stages=_AFTER_BROWSING,
    )
    yield AllowedCookie(
        name=CookieStorage.cookie_name,
        reason=_("The shop's word on what she just sent, shown once."),
        stages=_AFTER_BROWSING,
    )


class Allowances:
    """The declared list, and ``names`` of models, tables, cookies or storage that a shop adds.

    ``with_account`` says that the visitor is logged in, ``has_answered`` that she refused.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        with_account: bool = False,
        has_answered: bool = False,
    ) -> None:
        self._names = frozenset(names)
        self._with_account = with_account
        self._has_answered = has_answered

    def why_rows(self, change: TableChange, stage: Stage) -> str:
        """Why the table may change; empty if it may not."""
        for allowed in allowed_rows():
            if allowed.covers(change, stage):
                return str(allowed.reason)
        if self._with_account and _OPENED_FOR_ACCOUNTS.covers(change, stage):
            return str(_OPENED_FOR_ACCOUNTS.reason)
        if stage is Stage.GARBAGE and not _is_collection(change.label):
            return gettext("A form of the shop took what was sent.")
        return self.why_named(change.label) or self.why_named(change.table)

    def why_cookie(self, name: str, answer: Answer, stage: Stage) -> str:
        """Why the cookie may be set; empty if it may not."""
        found = (each for each in allowed_cookies() if each.covers(name, answer, stage))
        return str(next((each.reason for each in found), "")) or self.why_named(name)

    def why_header(self, header: str) -> str:
        """Why only our middleware may add the header; empty if it may not."""
        if self._has_answered and header == "Cache-Control: private":
            return gettext("Her pages don't ask again, so no shared cache may keep them.")
        return ""

    def why_error(self, answer: Answer, stage: Stage) -> str:
        """Why the page may fail: only on garbage, and where Oscar itself does."""
        if stage is not Stage.GARBAGE:
            return ""
        return str(next((each.reason for each in oscars_faults() if each.covers(answer)), ""))

    def why_session(self, names: frozenset[str], stage: Stage) -> str:
        """Why a session may be kept that has got ``names``; empty if it may not."""
        if stage in _AFTER_BROWSING and names <= _IN_SESSION:
            return gettext("What she sent and could not be taken, until she has seen why.")
        if settings.SESSION_SAVE_EVERY_REQUEST and not names:
            return gettext("SESSION_SAVE_EVERY_REQUEST renews the session that she came with.")
        return ""

    def why_named(self, name: str) -> str:
        """Why something may be left that only this shop can know of."""
        return gettext("The shop allows it in the command.") if name in self._names else ""


def _has_protected_form(answer: Answer) -> bool:
    """A form of the host's; one of ours only in answer to a form, to confirm it.

    A page that failed may have failed after its form.
    """
    if answer.has_failed:
        return True
    forms = [form for form in answer.forms if form.has_token]
    if answer.method == "GET":
        forms = [form for form in forms if not is_ours(form.action)]
    return bool(forms)


def _pictures() -> Iterable[str]:
    """Renditions of Wagtail and thumbnails of sorl, which Oscar may use."""
    yield "thumbnail.KVStore"
    for model in apps.get_models():
        if issubclass(model, AbstractRendition):
            yield model._meta.label


def _is_collection(label: str) -> bool:
    """Whether the table is ours, holds sessions, or is where Oscar collects."""
    return label.split(".")[0] in (APP, "sessions", "analytics")
