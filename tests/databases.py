"""The fixtures of the test database, and when it is put back."""

from unittest import mock

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from tests.contents import Database

DATABASE = pytest.StashKey()


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """In place of pytest-django's, which would migrate a database for each worker."""
    database = Database(request.config, django_db_blocker)
    database.hold("migrated")
    request.config.stash[DATABASE] = database
    # A test with real transactions ends in a flush, which takes longer than most tests. The next
    # test gets another database anyway, with what a flush takes away: Wagtail's root page.
    with mock.patch.object(TransactionTestCase, "_fixture_teardown"):
        yield
    del request.config.stash[DATABASE]
    with django_db_blocker.unblock():
        connection.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    database = item.config.stash.get(DATABASE, None)  # none before a test needs one
    if database and database.holds is None and "boutique" not in item.fixturenames:
        database.hold("migrated")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """After real transactions the database is put back, but not before the next test starts."""
    yield
    database = item.config.stash.get(DATABASE, None)
    if database and _is_transactional(item):
        database.holds = None


@pytest.fixture
def boutique(request, transactional_db):
    """The loaded sandbox: products, pictures, customers, orders, pages and segments."""
    request.config.stash[DATABASE].hold("boutique")


@pytest.fixture(scope="module")
def committed(request, django_db_setup, django_db_blocker):
    """For what a whole module prepares once, in real transactions; undone after the module."""
    with django_db_blocker.unblock():
        yield
    request.config.stash[DATABASE].holds = None


@pytest.fixture(scope="module")
def shop(request, committed):
    """For a module: the boutique without pictures of articles and personalisation.

    It is the moment when the shop was filled. Tests with real transactions must not use it.
    """
    return request.config.stash[DATABASE].hold("shop")


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
