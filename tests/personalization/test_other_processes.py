"""Workers that are processes of their own, on one cache: what each takes, files and hears of."""

import signal
import time
from shutil import copytree

import pytest
from boutique.models import HomePage
from django.core.cache import caches
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment

from ethical_personalization.models import FactRule, SegmentPolicy, freshness
from ethical_personalization.personalization.plan import published_plan
from ethical_personalization.testing import as_a_new_worker
from tests.pages import ROOT

from .other_workers import worker

pytestmark = pytest.mark.django_db(transaction=True)
EVERYBODY, RUFFLES, LACE = "For everybody", "Ruffles for you", "Lace for you"
RULE = {"fact": "stated.styles", "operator": "any_of", "value": ["romantic"]}
BACKEND = "django.core.cache.backends.filebased.FileBasedCache"


@pytest.fixture
def cache(tmp_path, settings):
    """The folder of a cache that this process shares with others."""
    settings.CACHES = {"default": {"BACKEND": BACKEND, "LOCATION": tmp_path / "cache"}}
    return tmp_path / "cache"


def a_second_later():
    """Each process has a clock of its own."""
    time.sleep(freshness.MAX_AGE_SECONDS + 0.05)


def test_worker_that_is_killed_in_the_middle_of_a_plan_leaves_the_others_whole(
    ruffled, client, cache
):
    with worker(client, cache, "hangs") as (process, ask):
        assert ask() == "hangs"
        process.send_signal(signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL
        assert RUFFLES in client.get("/").content.decode()


def test_worker_takes_a_plan_and_serves_what_is_changed_without_a_signal_within_a_second(
    ruffled, client, cache, home, segment, variant
):
    romantic, copy = ruffled
    second = FactRule.objects.create(segment=romantic, **RULE)
    laced = segment("Lace", tuple(RULE.values()), priority=200)
    lace = variant(home, laced, "Lace for you")
    assert RUFFLES in client.get("/").content.decode()
    filed = published_plan.edition_at_hand().token
    assert caches["default"].get(published_plan._key(filed)) is not None, filed
    changes = [
        (SegmentPolicy.objects.filter(segment=romantic), {"priority": 300}, LACE),
        (Segment.objects.filter(pk=laced.pk), {"status": Segment.STATUS_DISABLED}, RUFFLES),
        (HomePage.objects.filter(pk=copy.pk), {"live": False}, EVERYBODY),
        (PersonalisablePageMetadata.objects.filter(variant=lace), {"segment": romantic}, LACE),
        (FactRule.objects.filter(pk=second.pk), {"value": ["sporty"]}, EVERYBODY),
        (FactRule.objects.filter(pk=second.pk), None, LACE),
    ]
    with worker(client, cache) as (_process, ask):
        assert ask() == RUFFLES
        for rows, change, opening in changes:
            rows.update(**change) if change else rows._raw_delete("default")
            a_second_later()
            assert ask() == f"{opening}, compiled", (rows.model, change)


def test_workers_of_two_releases_serve_the_same_and_take_nothing_from_each_other(
    ruffled, client, cache, tmp_path, monkeypatch
):
    compiled, compile_plan = [], published_plan._compile
    monkeypatch.setattr(published_plan, "_compile", lambda: compiled.append(1) or compile_plan())
    with worker(client, cache, code=mended_copy(tmp_path)) as (_process, ask_theirs):
        assert ask_theirs() == f"{RUFFLES}, compiled"
        assert RUFFLES in client.get("/").content.decode()
        assert len(compiled) == 1
        as_a_new_worker()
        Segment.objects.update(name="Dreamers")
        assert RUFFLES in client.get("/").content.decode()
        assert len(compiled) == 2
        a_second_later()
        assert ask_theirs() == f"{RUFFLES}, compiled"
        as_a_new_worker()
        assert RUFFLES in client.get("/").content.decode()
        assert len(compiled) == 2


def mended_copy(folder):
    """A folder with the package as a deployment could bring it, which differs in one comment."""
    package = copytree(ROOT / "ethical_personalization", folder / "ethical_personalization")
    with (package / "personalization/plan.py").open("a", encoding="utf-8") as code:
        code.write("# mended\n")
    return folder
