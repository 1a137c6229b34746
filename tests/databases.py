"""The test database: migrated once per set of migrations, then copied.

Applying all migrations of Oscar and Wagtail takes half a minute. So on SQLite the migrated file
is kept in pytest's cache under a hash of every migration and of the libraries' versions. It is
kept as it was *before* the signal ``post_migrate``; each run sends that signal itself, because
what it creates (permissions, our purposes and questions) depends on code outside migrations.
"""

import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from unittest import mock

import django
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from haystack import connections

from ethical_personalization.testing import as_a_new_worker
from tests.machine import uses_postgresql
from tests.settings import SCRATCH

BLOCKER = pytest.StashKey()
SIGNAL = "django.core.management.commands.migrate.emit_post_migrate_signal"


@pytest.fixture(scope="session")
def django_db_keepdb():
    """On SQLite the database is there already when Django wants to create it."""
    return not uses_postgresql()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_blocker, django_db_modify_db_settings_parallel_suffix
):
    if uses_postgresql():
        return
    kept = request.config.cache.mkdir("migrated") / f"{fingerprint()}.sqlite3"
    if not kept.exists():
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line("\nmigrating a database: half a minute, once per set of migrations")
        with django_db_blocker.unblock():
            _migrate(kept)
    Path(connection.settings_dict["TEST"]["NAME"]).write_bytes(kept.read_bytes())


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    request.session.stash[BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        _save("migrated")
    yield
    del request.session.stash[BLOCKER]  # the last test ends after this: nothing is restored then
    if uses_postgresql():
        with django_db_blocker.unblock():
            _execute(f'DROP DATABASE "{_aside("migrated")}"')
            _execute(f'DROP DATABASE IF EXISTS "{_aside("boutique")}"')


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test with real transactions ends in a flush, which takes Wagtail's root page too."""
    yield
    blocker = item.session.stash.get(BLOCKER, None)  # none while only tests were left out
    if blocker and _is_transactional(item):
        with blocker.unblock():
            _restore("migrated")


@pytest.fixture(scope="session")
def _boutique_loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        _search_in("boutique")
        call_command("load_boutique", verbosity=0)
        _save("boutique")
        _restore("migrated")


@pytest.fixture
def boutique(_boutique_loaded, transactional_db):
    """The loaded sandbox: products, pictures, customers, orders, pages and segments."""
    _restore("boutique")


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """For what a whole module prepares once, in real transactions; undone after the module."""
    with django_db_blocker.unblock():
        yield
        _restore("migrated")


@pytest.fixture(scope="module")
def module_transaction(django_db_setup, django_db_blocker):
    """For what a whole module prepares once, without real transactions; undone after the module.

    Each of its tests undoes what it does itself. All of them have to ask for what is prepared, or
    it would depend on their order who finds it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def once_per_module(fixture):
    """The same fixture, made once for a module whose ``db`` is ``module_transaction``."""
    return pytest.fixture(scope="module")(fixture.__wrapped__)


def _is_transactional(item):
    if {"transactional_db", "live_server"} & set(item.fixturenames):
        return True
    marker = item.get_closest_marker("django_db")
    return marker is not None and marker.kwargs.get("transaction", False)


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


def _migrate(target):
    """Written beside it and renamed: two runs may start at the same time."""
    with mock.patch(SIGNAL):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    new = target.with_suffix(f".{os.getpid()}")
    _copy_to(new)
    new.replace(target)
    connection.close()


def _save(name):
    if uses_postgresql():
        # The server counts rows when it likes, for example while none is committed yet. A copy
        # keeps that count for good, and a plan for no rows takes minutes where there are some.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        _recreate(_aside(name), connection.settings_dict["NAME"])
    else:
        _copy_to(_aside(name))


def _restore(name):
    if uses_postgresql():
        _recreate(connection.settings_dict["NAME"], _aside(name))
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(_aside(name))) as source:
            source.backup(connection.connection)
    _search_in(name)
    as_a_new_worker()  # after the last response of the test before, which may have asked late


def _search_in(name):
    """The index is files beside the database, and must not find products of another one."""
    connections.connections_info["default"]["PATH"] = SCRATCH / f"search-{name}"
    connections.reload("default")


def _aside(name):
    if uses_postgresql():
        return f"{connection.settings_dict['NAME']}_{name}"
    return SCRATCH / f"{name}.sqlite3"


def _copy_to(path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)


def _recreate(target, template):
    connection.close()
    _execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    _execute(f'CREATE DATABASE "{target}" TEMPLATE "{template}"')


def _execute(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
