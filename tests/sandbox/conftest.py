"""The demo shop for tests: the whole of it, without pictures, pages and search index."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from boutique.demo.shop import load_shop
from django.db import transaction
from django.utils import timezone

SEED = 2026


@dataclass(frozen=True, kw_only=True)
class BoutiqueData:
    """What the shop was loaded with."""

    seed: int
    now: datetime


@pytest.fixture(scope="module")
def boutique_data(django_db_setup: Any, django_db_blocker: Any) -> Iterator[BoutiqueData]:
    """Load the shop once per test module and roll it back; tests that flush must not use it."""
    now = timezone.now()
    with django_db_blocker.unblock(), transaction.atomic():
        load_shop(seed=SEED, now=now, tell=lambda text: None)
        yield BoutiqueData(seed=SEED, now=now)
        transaction.set_rollback(True)
