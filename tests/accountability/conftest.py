"""A tiny shop to crawl, and the boutique."""

import pytest

from ethical_personalization.accountability.frontier import Limits
from ethical_personalization.accountability.runs import crawl_in_process
from tests.personalization.conftest import allow, catalogue, home, order, site, user

__all__ = ["allow", "catalogue", "home", "order", "site", "user"]


@pytest.fixture
def starts(home, catalogue):
    """The home page of a shop and its one product."""
    return "/", catalogue("Dress").get_absolute_url()


@pytest.fixture
def crawl(starts):
    """Crawls that shop, by default without an account and without garbage."""

    def run(*, with_garbage=False, **options):
        limits = Limits(starts=starts, most=len(starts), with_garbage=with_garbage)
        return crawl_in_process(limits, **options)

    return run
