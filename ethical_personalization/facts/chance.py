"""What a draw decided, for segments that take a random share of those who fit."""

import hashlib
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_personalisation.models import Segment

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature

from .source import FactSource

PREFIX = "chance."


def _rows() -> Iterator[Rows]:
    fields = ("name", "randomisation_percent")
    yield Rows(label="random_share", queryset=Segment.objects.all(), fields=fields)


#: The names of the segments that take a random share, by primary key.
_drawn: Published[dict[int, str]] = Published(
    "chance",
    rows=_rows,
    compile_rows=lambda: dict(
        Segment.objects.filter(randomisation_percent__isnull=False).values_list("pk", "name")
    ),
    signature=code_signature,
)


def chance_fact_key(segment_pk: int) -> str:
    """The key of the fact that is the draw for one segment."""
    return f"{PREFIX}{segment_pk}"


def chance_facts() -> Iterator[Fact]:
    """A draw for each segment that takes a random share.

    It is computed from the shopper's pseudonym, so it stays the same and nothing is stored. It
    tells nothing about her, hence no purpose; like the time it never makes a segment alone.
    """
    for pk, name in _drawn.get().items():
        yield chance_fact(pk, name)


def chance_fact(segment_pk: int, name: str) -> Fact:
    """The draw for one segment."""
    return Fact(
        key=chance_fact_key(segment_pk),
        label=_("Your draw for “%(segment)s”") % {"segment": name},
        kind=FactKind.NUMBER,
        purpose=None,
        data_category="NonPersonalData",
        source=_("Drawn by chance, once and for all."),
        reader=partial(_draw, segment_pk),
        sentence=_sentence,
        change_at="choices",
    )


def _draw(segment_pk: int, source: FactSource) -> int | None:
    """A number from 1 to 100, the same at each visit; None for nobody in particular."""
    if source.subject_id is None:
        return None
    digest = hashlib.sha256(f"{segment_pk}:{source.subject_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % 100 + 1


def _sentence(evidence: Evidence, values: str) -> str:
    return gettext("You are among the %(share)d in 100 shoppers who were drawn by chance.") % {
        "share": int(evidence.wanted)
    }
