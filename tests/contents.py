"""What the test database can hold, how each is made, and which of them it holds now.

Applying all migrations of Oscar and Wagtail takes half a minute. So on SQLite the migrated file
is kept in pytest's cache under a hash of every migration and of the libraries' versions. It is
kept as it was *before* the signal ``post_migrate``; each run sends that signal itself, because
what it creates (permissions, our purposes and questions) depends on code outside migrations.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path
from unittest import mock

import django
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from haystack import connections

from ethical_personalization.testing import as_a_new_worker
from tests.copies import OnPostgresql, OnSqlite
from tests.machine import uses_postgresql
from tests.run import RUN
from tests.settings import SCRATCH

SIGNAL = "django.core.management.commands.migrate.emit_post_migrate_signal"
SHOP_SEED = 2026


class Database:
    """The database of this worker; ``holds`` names what is in it, None if nobody knows."""

    def __init__(self, config, blocker):
        self.holds = None
        self._config, self._blocker = config, blocker
        self._run = config.stash[RUN]
        self._copies = (OnPostgresql if uses_postgresql() else OnSqlite)(self._run)

    def hold(self, name):
        """Put it back to what ``name`` was when it was made; returns the moment of that."""
        with self._blocker.unblock():
            made = self._run.once(name, lambda: self._make(name).isoformat())
            if self.holds != name:
                self._copies.take(name)
                self._fetch(name)
        _search_in(name)
        _forget_the_last()
        self.holds = name
        return datetime.fromisoformat(made)

    def _make(self, name):
        now = timezone.now()
        if name == "migrated":
            self._migrate()
        else:
            self._copies.take("migrated")
            self._fill(name, now)
        self._copies.keep(name)
        self.holds = name
        return now

    def _migrate(self):
        if not uses_postgresql():
            self._copies.begin(self._migrated_before())
        else:
            self._copies.begin()
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)

    def _migrated_before(self):
        """The kept file. Written beside it and renamed: two runs may start at the same time."""
        kept = self._config.cache.mkdir("migrated") / f"{fingerprint()}.sqlite3"
        if not kept.exists():
            if reporter := self._config.pluginmanager.get_plugin("terminalreporter"):
                reporter.write_line("\nmigrating a database: once per set of migrations")
            with mock.patch(SIGNAL):
                call_command("migrate", verbosity=0, interactive=False)
            new = kept.with_suffix(f".{os.getpid()}")
            self._copies.copy_to(new)
            new.replace(kept)
        return kept

    def _fill(self, name, now):
        """Files of the shop are kept too: the search index and the media."""
        kept = self._run.folder / name
        for folder in (kept, _index_of(name)):
            shutil.rmtree(folder, ignore_errors=True)  # of a try that failed
        _search_in(name)
        {"shop": _fill_shop, "boutique": _fill_boutique}[name](now)
        shutil.copytree(_index_of(name), kept / "search")
        shutil.copytree(settings.MEDIA_ROOT, kept / "media")

    def _fetch(self, name):
        """Its files, each time: no transaction undoes what a test does to them."""
        if name != "migrated":  # which has none
            kept = self._run.folder / name
            shutil.rmtree(_index_of(name), ignore_errors=True)
            shutil.copytree(kept / "search", _index_of(name))
            shutil.copytree(kept / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)


def fingerprint(*more):
    """A hash of every migration, also of the apps in ``more`` folders, and of the libraries."""
    digest = hashlib.sha256()
    for said in (sys.version, django.get_version(), sqlite3.sqlite_version):
        digest.update(said.encode())
    folders = {app.label: app.path for app in apps.get_app_configs()} | {
        each: each for each in more
    }
    for name, folder in sorted(folders.items()):
        for path in sorted(Path(folder).glob("migrations/**/*.py")):
            digest.update(f"{name}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _fill_shop(now):
    from boutique.demo.pages import load_pages  # they draw: few tests need them
    from boutique.demo.shop import load_shop

    with transaction.atomic():
        load_shop(seed=SHOP_SEED, now=now, tell=lambda text: None)
        load_pages(StringIO())
    call_command("rebuild_index", interactive=False, verbosity=0)


def _fill_boutique(now):
    call_command("load_boutique", small_pictures=True, verbosity=0)


def _search_in(name):
    """The index is files beside the database, and must not find products of another one."""
    connections.connections_info["default"]["PATH"] = _index_of(name)
    connections.reload("default")


def _forget_the_last():
    """What this process remembers of another database, also after a response that asked late."""
    as_a_new_worker()
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()


def _index_of(name):
    return SCRATCH / f"search-{name}"
