"""On which fixed lists of the shop an account stands: the host's static segments."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_personalisation.models import Segment

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.readings import Reading

from .phrases import SetSentences
from .source import FactSource

LISTS = "account.lists"


def list_facts() -> Sequence[Fact]:
    """The one fact that rests on lists of members."""
    return [
        Fact(
            key=LISTS,
            label=_("Lists of this shop that you are on"),
            kind=FactKind.SET,
            purpose="context",
            data_category="AccountIdentifier",
            source=_("From your account; the shop puts it on lists."),
            reader=_read,
            sentence=_sentences,
            change_at="choices",
            choices=_choices,
            gone=_("a list that is no longer in the shop"),
        )
    ]


def _static() -> Sequence[Segment]:
    segments: Sequence[Segment] = Segment.objects.filter(type=Segment.TYPE_STATIC)
    return segments


def _choices() -> Sequence[tuple[str, str]]:
    return [(str(segment.pk), segment.name) for segment in _static()]


def _read(source: FactSource) -> Reading | None:
    if source.user is None:
        return None
    rows = Segment.static_users.through.objects.filter(
        user=source.user, segment__type=Segment.TYPE_STATIC
    )
    return Reading(value=frozenset(str(pk) for pk in rows.values_list("segment", flat=True)))


_sentences = SetSentences(
    has=lambda evidence, values: (
        gettext("You are on this list of the shop: %(values)s.") % {"values": values}
    ),
    has_none=lambda values: (
        gettext("You are not on this list of the shop: %(values)s.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("You are not on each of these lists of the shop: %(values)s.") % {"values": values}
    ),
    is_empty=lambda: gettext("You are on no list of the shop."),
    is_not_empty=lambda: gettext("You are on a list of the shop."),
)
