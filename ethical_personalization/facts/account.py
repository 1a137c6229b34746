"""What the account itself says."""

from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind

from .phrases import SetSentences
from .source import FactSource

PURPOSE = "context"


def account_facts() -> Sequence[Fact]:
    """The facts that rest on the account."""
    return [
        Fact(
            key="account.logged_in",
            label=_("You are logged in"),
            kind=FactKind.BOOLEAN,
            purpose=PURPOSE,
            data_category="AccountIdentifier",
            source=_("From this visit; it is not kept."),
            reader=_logged_in,
            sentence=_has_logged_in,
            change_at="choices",
        ),
        Fact(
            key="account.groups",
            label=_("Customer groups of your account"),
            kind=FactKind.SET,
            purpose=PURPOSE,
            data_category="GroupMembership",
            source=_("From your account; the shop puts it into groups."),
            reader=_groups,
            sentence=_belongs_to,
            change_at="choices",
            choices=_all_groups,
            gone=_("a group that is no longer in the shop"),
            may_price=True,
        ),
    ]


def _logged_in(source: FactSource) -> bool:
    return source.user is not None


def _groups(source: FactSource) -> frozenset[str] | None:
    if source.user is None:
        return None
    return frozenset(str(pk) for pk in source.user.groups.values_list("pk", flat=True))


def _all_groups() -> Sequence[tuple[str, str]]:
    return [(str(group.pk), group.name) for group in Group.objects.order_by("name")]


def _has_logged_in(evidence: Evidence, values: str) -> str:
    if evidence.reading.value:
        return gettext("You are logged in.")
    return gettext("You are not logged in.")


_belongs_to = SetSentences(
    has=lambda evidence, values: (
        ngettext(
            "Your account belongs to the customer group %(values)s.",
            "Your account belongs to the customer groups %(values)s.",
            len(evidence.matched),
        )
        % {"values": values}
    ),
    has_none=lambda values: (
        gettext("Your account does not belong to %(values)s.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("Your account does not belong to each of these: %(values)s.") % {"values": values}
    ),
    is_empty=lambda: gettext("Your account belongs to no customer group."),
    is_not_empty=lambda: gettext("Your account belongs to a customer group."),
)
