"""A real Chromium for tests with the marker ``browser``; pages come from pytest's live server."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.machine import CHROMIUM

ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds, for a machine that is busy with other things.
TIMEOUT = 20_000


@pytest.fixture(scope="session")
def chromium():
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        expect.set_options(timeout=TIMEOUT)
        yield launched
        launched.close()


@pytest.fixture
def new_page(chromium, live_server):
    """Opens a page of a new visitor: ``new_page(java_script_enabled=False)``."""
    contexts = []

    def open_page(**options):
        options = {"base_url": live_server.url, "locale": "en-GB", **options}
        contexts.append(chromium.new_context(**options))
        contexts[-1].set_default_timeout(TIMEOUT)
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page of a new visitor, with a desktop's window."""
    return new_page(viewport={"width": 1280, "height": 900})
