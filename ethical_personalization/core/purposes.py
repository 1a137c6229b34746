"""What personal data may be used for, and which change of that asks everybody again."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypedDict

from .exceptions import InvalidDeclaration
from .text import Words

#: What the cookie of a device can carry.
_KEY = re.compile(r"[a-z0-9_-]{1,40}")


class LawfulBasis(StrEnum):
    """Why the law allows a use (GDPR Art. 6(1)); the shopper's rights follow from it."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"


class DeclaredTerms(TypedDict, total=False):
    """What a declaration says on terms that editors may set; nothing where none was seen yet."""

    retention_days: int
    recipients: list[str]


@dataclass(frozen=True, kw_only=True)
class PurposeDeclaration:
    """A purpose as the code declares it; editors may reword it afterwards.

    ``data_categories`` and ``sources`` are keys, not sentences: with basis, retention and
    recipients they are what the shopper agreed to, so a change of them is material.
    ``processing`` is the purpose's term in the W3C Data Privacy Vocabulary, for receipts.
    ``is_profiling`` says that it looks at a person to show her something else than others
    (GDPR Art. 4(4)): it is not offered to who is under age.
    """

    key: str
    title: Words
    benefit: Words
    data: Words
    data_categories: tuple[str, ...]
    sources: tuple[str, ...]
    retention: timedelta
    basis: LawfulBasis = LawfulBasis.CONSENT
    recipients: tuple[str, ...] = ()
    processing: str = "ServicePersonalisation"
    is_profiling: bool = True

    @property
    def terms(self) -> DeclaredTerms:
        """What it says on terms that editors may set."""
        return {"retention_days": self.retention.days, "recipients": list(self.recipients)}

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise InvalidDeclaration(
                f"Purpose {self.key!r} needs another key: at most 40 of a-z, 0-9, - and _."
            )
        if self.retention <= timedelta(0):
            raise InvalidDeclaration(
                f"Purpose {self.key!r} keeps data for {self.retention}; give a positive retention."
            )


def follow_declaration(
    *,
    retention_days: int,
    recipients: Sequence[str],
    before: DeclaredTerms,
    now: DeclaredTerms,
) -> tuple[int, tuple[str, ...]]:
    """The terms in the shop after the code declares ``now`` what it declared otherwise ``before``.

    A period that an editor set stays. A recipient is added or taken away as the code does, because
    the code knows where data goes; what an editor added or took away stays so.
    """
    earlier, later = before.get("recipients", []), now["recipients"]
    is_ours = before.get("retention_days") == retention_days
    kept = [name for name in recipients if name in later or name not in earlier]
    added = [name for name in later if name not in earlier and name not in kept]
    return now["retention_days"] if is_ours else retention_days, (*kept, *added)


def material_terms(
    *,
    data_categories: tuple[str, ...],
    sources: tuple[str, ...],
    basis: str,
    retention_days: int,
    recipients: tuple[str, ...],
) -> Mapping[str, object]:
    """What a choice was about, without any wording; lists in a fixed order."""
    return {
        "basis": basis,
        "data_categories": sorted(data_categories),
        "recipients": sorted(recipients),
        "retention_days": retention_days,
        "sources": sorted(sources),
    }


def material_hash(terms: Mapping[str, object]) -> str:
    """SHA-256 in hex over the canonical JSON of ``terms``."""
    canonical = json.dumps(terms, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
