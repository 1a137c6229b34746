"""Walks through the loaded boutique with a real Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def visit(new_page, boutique):
    """A new visitor's page in the boutique that reports what its Content-Security-Policy stops."""

    def open_page(**options):
        page = new_page(**{"viewport": {"width": 1280, "height": 900}, **options})
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    return open_page


@pytest.fixture
def violations():
    """What axe finds on a page as it stands."""

    def find(page):
        # axe is put in by the debugger, which the page's policy does not bind.
        results = Axe().run(page).response
        return [
            (page.url, found["id"], [node["target"] for node in found["nodes"]])
            for found in results["violations"]
        ]

    return find
