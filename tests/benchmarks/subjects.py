"""What one subject costs: her permission, her cookie, and her erasure among very many."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    SealedRecord,
    Subject,
    SubjectKey,
)
from ethical_personalization.shopper.cookie import write_refusals, write_subject
from ethical_personalization.shopper.erasure import erase_subject
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.shopper.vault import seal_record
from tests.benchmarks.ledger import empty_ledger

PURPOSES = 8
#: As long as the names of ours.
KEYS = tuple(f"purpose_{number}" for number in range(PURPOSES))
SECRET = {"styles": ["romantic", "classic"], "fabrics": ["linen"]}
_NEW_ID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """Queries of a permission check, bytes of the cookie, and milliseconds of each erasure."""

    queries: int
    queries_with_shared_cache: int
    cookie_bytes: int
    among: int
    erased_ms: Sequence[float]


def measure_subjects(*, among: int, erasures: int) -> Subjects:
    """Empties the ledger and leaves the database full of ``among`` subjects."""
    empty_ledger()
    first = _allowing()
    _fill(first, among)
    return Subjects(
        queries=_permission_queries(first),
        queries_with_shared_cache=_shared_queries(first),
        cookie_bytes=_cookie_bytes(first),
        among=among,
        erased_ms=[_erased_ms(subject) for subject in Subject.objects.order_by("pk")[:erasures]],
    )


def _allowing() -> Subject:
    """A subject who allowed one purpose and told something."""
    subject = Subject.objects.create()
    occasion = Occasion(
        site=Site.objects.get(is_default_site=True),
        language="en",
        method=ConsentMethod.API,
        words={"text": "All that was on screen."},
        now=timezone.now(),
    )
    record_answers(subject, {"stated": True}, occasion)
    seal_record(subject.pk, "stated", SECRET)
    return subject


def _page(subject: Subject) -> Shopper:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    response = HttpResponse()
    write_subject(response, subject.pk)
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    return Shopper(request)


def _permission_queries(subject: Subject) -> int:
    """Of a warm worker: what is published was asked for by the page before."""
    assert _page(subject).permitted == {"stated"}
    with CaptureQueriesContext(connection) as captured:
        assert _page(subject).permitted == {"stated"}
    return len(captured)


def _shared_queries(subject: Subject) -> int:
    with _shared_cache():
        return _permission_queries(subject)


@contextmanager
def _shared_cache():
    """A folder: every process of the machine has the same."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    with TemporaryDirectory() as folder:
        shared = {"shared": {"BACKEND": backend, "LOCATION": folder}}
        named = {"ETHICAL_PERSONALIZATION_SHARED_CACHE": "shared"}
        with override_settings(CACHES=settings.CACHES | shared, **named):
            yield


def _cookie_bytes(subject: Subject) -> int:
    """Name and value, the longest that a device carries: refusals of all purposes and an age."""
    now, found = timezone.now(), []
    for write in (
        lambda response: write_subject(response, subject.pk),
        lambda response: write_refusals(response, dict.fromkeys(KEYS, now), under_age_until=now),
    ):
        response = HttpResponse()
        write(response)
        ((name, morsel),) = response.cookies.items()
        found.append(len(f"{name}={morsel.value}"))
    return max(found)


def _fill(pattern: Subject, among: int) -> None:
    """Subjects with a key, a sealed record, an event and its state each."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_NUMBERS}INSERT INTO {_table(Subject)} (id, created_at) "  # noqa: S608
            f"SELECT {_NEW_ID[connection.vendor]}, CURRENT_TIMESTAMP FROM n",
            [among - 1],
        )
    for model in (SubjectKey, SealedRecord, ConsentEvent):
        _copy(model, pattern)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(ConsentState)} (subject_id, purpose_id, site_id, event_id) "  # noqa: S608
            f"SELECT e.subject_id, s.purpose_id, e.site_id, e.id FROM {_table(ConsentEvent)} e "
            f"JOIN {_table(ConsentState)} s ON s.subject_id = %s WHERE e.subject_id <> %s",
            [_key(pattern), _key(pattern)],
        )
        cursor.execute("ANALYZE")


def _copy(model: type, pattern: Subject) -> None:
    """The pattern's row of ``model`` for each subject that has none."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column != "subject_id"
        and not (field.primary_key and field.get_internal_type() != "OneToOneField")
    ]
    taken = ", ".join("s.id" if name == "hash" else f"p.{name}" for name in columns)
    if connection.vendor == "postgresql":
        taken = taken.replace("s.id", "CAST(s.id AS text)")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(model)} (subject_id, {', '.join(columns)}) "  # noqa: S608
            f"SELECT s.id, {taken} FROM {_table(Subject)} s JOIN {_table(model)} p "
            "ON p.subject_id = %s WHERE s.id <> %s",
            [_key(pattern), _key(pattern)],
        )


def _table(model: type) -> str:
    return model._meta.db_table


def _key(subject: Subject) -> object:
    return Subject._meta.pk.get_db_prep_value(subject.pk, connection)


def _erased_ms(subject: Subject) -> float:
    """The time in the database, without the commit's wait for the disk."""
    took = 0.0

    def timed(execute, *statement):
        nonlocal took
        started = perf_counter()
        try:
            return execute(*statement)
        finally:
            took += perf_counter() - started

    with connection.execute_wrapper(timed):
        erase_subject(subject.pk, now=timezone.now())
    return took * 1000
