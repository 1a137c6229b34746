"""The receipt of one choice: what was agreed to or refused, as data that outlives the shop."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext

from ethical_personalization.models import ConsentEvent
from ethical_personalization.shopper.roots import inclusion_of

from .completeness import missing_of_controller, with_full_terms
from .notice import words_of
from .responsible import controller_of
from .screens import Words
from .vocabulary import BASES, DPV, EXPRESSED, PERSONAL_DATA, STATES

SCHEMA = "urn:ethical-personalization:receipt:1"
_CONTROLLER = ("name", "address", "email", "data_protection_officer", "authority", "policy")


def receipt_of(event: ConsentEvent, *, withdraw_at: str) -> dict[str, Any]:
    """The receipt as JSON; ``withdraw_at`` is the full address where the choice is changed.

    It says what held at the time of the choice: the terms of its version, the words of its notice,
    and who was responsible. What the notice did not say is today's.
    """
    controller, proof = controller_then(event), inclusion_of(event)
    return {
        "schema": SCHEMA,
        "record_id": event.hash,
        "subject": str(event.subject_id),
        "language": event.language,
        "controller": _controller(controller),
        "jurisdiction": controller.get("jurisdiction"),
        "notice": {
            "id": event.notice.words_hash,
            "language": event.notice.language,
            "words": event.notice.words,
            "screen": event.notice.screen,
        },
        "purposes": [_purpose(event, controller)],
        "withdrawal": {
            "url": withdraw_at,
            "how": gettext("Open the page and say no; it holds from the next page on."),
        },
        "event": _event(event),
        "chain": {"previous": event.previous_hash, "hash": event.hash},
        "missing": missing_of_controller(controller),
        **({"proof": proof.as_json()} if proof is not None else {}),
    }


def controller_then(event: ConsentEvent) -> dict[str, str]:
    """Who was responsible, as the notice said, or else who is."""
    return event.notice.words.get("controller") or controller_of(event.site_id)


def purpose_then(event: ConsentEvent) -> Words:
    """The words of the event's purpose with all its terms, as the notice said, or else today's."""
    purpose = event.purpose_version.purpose
    shown = event.notice.words.get("purposes", ())
    same = (words for words in shown if words.get("key") == purpose.key)
    words = next(same, None) or words_of(purpose)
    return with_full_terms(words, controller_then(event))


def _controller(said: Mapping[str, str]) -> dict[str, str] | None:
    """None where the shop does not say who is responsible."""
    return {part: said[part] for part in _CONTROLLER if part in said} or None


def _purpose(event: ConsentEvent, controller: Mapping[str, str]) -> dict[str, Any]:
    version, words = event.purpose_version, purpose_then(event)
    terms, declared = version.material, version.purpose.declaration
    processing = declared.processing if declared is not None else "ServicePersonalisation"
    return {
        "key": version.purpose.key,
        "version": version.number,
        "terms_hash": version.material_hash,
        "title": words["title"],
        "benefit": words["benefit"],
        "data": words["data"],
        "processing": f"{DPV}{processing}",
        "legal_basis": BASES[terms["basis"]],
        "data_categories": [f"{PERSONAL_DATA}{name}" for name in terms["data_categories"]],
        "sources": terms["sources"],
        "recipients": terms["recipients"],
        "retention": f"P{terms['retention_days']}D",
        "storage": controller.get("storage"),
    }


def _event(event: ConsentEvent) -> dict[str, Any]:
    return {
        "type": EXPRESSED,
        "state": STATES.get(event.status, STATES["unknown"]),
        "method": event.method,
        "time": _in_utc(event.at),
        "valid_until": _in_utc(event.valid_until) if event.valid_until else None,
    }


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
