"""Everything that is known about a person, inferences and sources included, as one document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from ethical_personalization.models import SealedRecord
from ethical_personalization.shopper.aead import Unsealable
from ethical_personalization.shopper.holdings import Goes, Holding, Person, installed_holdings
from ethical_personalization.shopper.holdings.personalisation import SESSION_KEYS
from ethical_personalization.shopper.persons import persons_of
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.shopper.vault import read_box
from ethical_personalization.shopper.visit_pause import is_paused_for_visit

from .device import basket_of, viewed_on_device
from .inferences import Told, facts_of, segments_of

#: Changes when a reader of the file would have to.
FORMAT = "ethical-personalization-export/1"
GOES = {
    Goes.WITH_ERASURE: gettext_lazy("Goes when you have your data erased."),
    Goes.WITH_ACCOUNT: gettext_lazy("Goes when you delete your account."),
    Goes.WITH_PROOF: gettext_lazy("Stays for a while as proof, without your name."),
    Goes.STAYS: gettext_lazy("Stays."),
}


def export_of(shopper: Shopper) -> Told:
    """What is known of the account and of the device that ask."""
    persons = [*persons_of(shopper), *basket_of(shopper)]
    return {
        **_head(),
        "facts": facts_of(shopper),
        "segments": segments_of(shopper),
        "records": [record for person in persons for record in _records(person)],
        "tables": tables_of(persons),
        "session": session_of(shopper.request),
        "device": _device(shopper),
    }


def export_of_guest(email: str) -> Told:
    """What is known of somebody who ordered without an account, from the order's address."""
    return {**_head(), "tables": tables_of([Person(guest_email=email)])}


def as_file(document: Told) -> JsonResponse:
    """The document to keep: JSON, in a common and machine-readable form (GDPR Art. 20)."""
    response = JsonResponse(document, encoder=_Encoder, json_dumps_params={"indent": 2})
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="your-data-{day}.json"'
    return response


def tables_of(persons: Sequence[Person]) -> list[Told]:
    """The tables that hold something about one of ``persons``."""
    found = (_table(holding, persons) for holding in installed_holdings())
    return [table for table in found if table["rows"]]


def session_of(request: HttpRequest) -> Mapping[str, Any]:
    """What wagtail-personalisation left in the session before it asked anybody."""
    session = getattr(request, "session", None)
    if session is None or not session.session_key:
        return {}
    return {key: session[key] for key in SESSION_KEYS if key in session}


def _head() -> Told:
    return {
        "format": FORMAT,
        "made_at": timezone.now(),
        "language": get_language() or "",
        "shop": str(getattr(settings, "OSCAR_SHOP_NAME", "")),
    }


def _table(holding: Holding, persons: Sequence[Person]) -> Told:
    return {
        "table": holding.model,
        "title": str(holding.title),
        "goes": holding.goes.value,
        "goes_in_words": str(GOES[holding.goes]),
        "why": str(holding.why),
        "kept": str(holding.kept),
        "rows": [row for person in persons for row in holding.told_of(person)],
    }


def _records(person: Person) -> Iterator[Told]:
    """The sealed records, opened; one that no key opens is named all the same."""
    if person.subject_id is None:
        return
    box = read_box(person.subject_id)
    rows = SealedRecord.objects.filter(subject=person.subject_id)
    for name, updated_at in rows.order_by("name").values_list("name", "updated_at"):
        try:
            content: Mapping[str, Any] | None = box.open(name)
        except Unsealable:
            content = None
        yield {"name": name, "updated_at": updated_at, "content": content}


def _device(shopper: Shopper) -> Told:
    device = shopper.device
    return {
        "pseudonym": device.subject_id,
        "refused": dict(device.refused),
        "is_paused_for_this_visit": is_paused_for_visit(shopper.request),
        "viewed": viewed_on_device(shopper.request),
    }


class _Encoder(DjangoJSONEncoder):
    """Also bytes, which a shop's own columns may hold, and lazy words."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        try:
            return super().default(o)
        except TypeError:
            return str(o)
