"""The demo shop for tests: the whole of it, without the pictures of articles."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from tests.contents import SHOP_SEED


@dataclass(frozen=True, kw_only=True)
class BoutiqueData:
    """What the shop was loaded with."""

    seed: int
    now: datetime


@pytest.fixture(scope="module")
def boutique_data(shop: datetime) -> BoutiqueData:
    return BoutiqueData(seed=SHOP_SEED, now=shop)
