"""Everything that happens inside is undone: rows of every database, caches, e-mail, log lines."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings
from django.test.utils import setup_test_environment, teardown_test_environment

#: They write a traceback for each answer of 4xx and 5xx; the crawl tells the latter itself.
_LOGGERS = ("django.request", "django.security")


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever is written to any database meanwhile."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        try:
            yield
        finally:
            for alias in connections:
                transaction.set_rollback(True, using=alias)


@contextmanager
def apart_from_the_world(name: str) -> Iterator[None]:
    """``undone()`` with caches called ``name``, e-mail kept in memory and Django's log quiet."""
    with ExitStack() as stack:
        for logger in _LOGGERS:
            stack.enter_context(_quiet(logging.getLogger(logger)))
        stack.enter_context(_test_environment())
        stack.enter_context(caches_of(name))
        stack.enter_context(undone())
        yield


def caches_of(name: str) -> override_settings:
    """The caches of the project with keys of their own: the shop's are neither read nor changed.

    What is written there goes when its time runs out.
    """
    return override_settings(
        CACHES={alias: {**cache, "KEY_PREFIX": name} for alias, cache in settings.CACHES.items()}
    )


@contextmanager
def _test_environment() -> Iterator[None]:
    """Django's own: e-mail in memory, the host ``testserver``; inside a test it is there."""
    try:
        setup_test_environment(debug=False)
    except RuntimeError:
        yield
        return
    try:
        yield
    finally:
        teardown_test_environment()


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Stop what this logger and those below it say; without a handler Python would print it."""
    before, nowhere = logger.propagate, logging.NullHandler()
    logger.propagate = False
    logger.addHandler(nowhere)
    try:
        yield
    finally:
        logger.removeHandler(nowhere)
        logger.propagate = before
