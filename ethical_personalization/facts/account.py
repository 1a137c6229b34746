"""What the account itself says."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind

from .source import FactSource


def account_facts() -> Sequence[Fact]:
    """The facts that rest on the account."""
    return [
        Fact(
            key="account.logged_in",
            label=_("You are logged in"),
            kind=FactKind.BOOLEAN,
            purpose="context",
            data_category="AccountIdentifier",
            source=_("From this visit; it is not kept."),
            reader=_logged_in,
            sentence=_sentence,
            change_at="choices",
        )
    ]


def _logged_in(source: FactSource) -> bool:
    return source.user is not None


def _sentence(evidence: Evidence, values: str) -> str:
    if evidence.reading.value:
        return gettext("You are logged in.")
    return gettext("You are not logged in.")
