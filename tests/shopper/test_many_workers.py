"""Many workers at once, some of them killed: what was answered stands, and nothing stands twice."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.models import ConsentEvent, ConsentMethod, Subject
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.shared_choices import place_of_subject
from tests.pages import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.postgresql
WRITERS, KILLED = 32, 12


@contextmanager
def workers(count, task, subjects):
    """The running processes: how to hear and ask them, and their ids."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.shopper.workers"]
    names = [str(subject.pk) for subject in subjects]
    path = f"{ROOT}{os.pathsep}{ROOT / 'sandbox'}"
    process = subprocess.Popen(
        [*command, connection.settings_dict["NAME"], str(count), task, *names],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    pids = json.loads(process.stdout.readline())["pids"]
    try:
        yield process, pids
    finally:
        for pid in pids:
            kill(pid)
        process.communicate(timeout=30)


def kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def written_by(subjects):
    """The events that ``WRITERS`` workers were answered, of whom ``KILLED`` are killed on the way.

    The others go on until there are enough: on a slow machine, or where all wait for the row of one
    subject and say what another one has said already, that takes longer.
    """
    heard, events = [], 0
    with workers(WRITERS, "write", subjects) as (process, pids):
        doomed = list(pids[:KILLED])
        while doomed or events <= 2 * WRITERS:
            heard.append(json.loads(process.stdout.readline()))
            events += len(heard[-1].get("events", ()))
            if doomed and len(heard) % 12 == 0:
                kill(doomed.pop())
        for pid in pids:
            kill(pid)
        heard += [json.loads(line) for line in process.stdout]
    assert [said for said in heard if "error" in said] == []
    return [pk for said in heard for pk in said["events"]]


@on_postgresql
@pytest.mark.parametrize("count", [1, 32])
def test_what_was_answered_stands_although_workers_are_killed(count):
    subjects = [Subject.objects.create() for _number in range(count)]
    answered = written_by(subjects)
    stored = set(ConsentEvent.objects.values_list("pk", flat=True))
    assert len(answered) > 2 * WRITERS
    assert set(answered) <= stored
    assert len(stored) <= len(answered) + WRITERS  # committed, and killed before it was said
    keyed = ConsentEvent.objects.exclude(request_key="")  # a no that a yes of others made news
    keys = Counter(keyed.values_list("request_key", flat=True))
    assert set(keys.values()) == {1}
    call_command("verify_consent", stdout=StringIO())


@on_postgresql
@pytest.mark.parametrize(
    "shared_cache", ["", pytest.param("default", marks=pytest.mark.redis)], ids=["none", "redis"]
)
def test_withdrawal_is_effective_in_every_worker_with_its_next_response(settings, shared_cache):
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = shared_cache
    subject = Subject.objects.create()
    choose(subject, stated=True, orders=True)
    with workers(4, f"read:{shared_cache}", [subject]) as (process, _pids):

        def ask_all():
            found = {}
            while len(found) < 4:
                process.stdin.write(b"\n")
                process.stdin.flush()
                said = json.loads(process.stdout.readline())
                found[said["worker"]] = said["permitted"]
            return found

        assert set(map(tuple, ask_all().values())) == {("orders", "stated")}
        for _time in range(5):
            choose(subject, stated=False)
            assert set(map(tuple, ask_all().values())) == {("orders",)}
            choose(subject, stated=True)
            assert set(map(tuple, ask_all().values())) == {("orders", "stated")}
    assert bool(kept_in_cache(subject)) is bool(shared_cache)


def test_choices_made_at_once_by_threads_form_whole_chains():
    """On SQLite too, where writers wait for each other."""
    subjects = [Subject.objects.create() for _number in range(2)]

    def write(number):
        try:
            for turn in range(5):
                choose(subjects[number % 2], **{["stated", "orders"][number // 2]: turn % 2 == 0})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert ConsentEvent.objects.count() == 4 * 5
    call_command("verify_consent", stdout=StringIO())


def kept_in_cache(subject):
    return cache.get(place_of_subject(subject.pk))


def choose(subject, **answers):
    occasion = Occasion(
        site=Site.objects.get(),
        language="en",
        method=ConsentMethod.API,
        words={"text": "A test."},
        now=timezone.now(),
    )
    return record_answers(subject, answers, occasion)
