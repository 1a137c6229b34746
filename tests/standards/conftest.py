"""Shoppers before a shop whose purposes rest on each of the three bases."""

from datetime import timedelta

import pytest

from ethical_personalization.core.purposes import LawfulBasis, PurposeDeclaration
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.testing import registered
from tests.preferences.conftest import _cold_cache, home, question, user, visitor

__all__ = ["_cold_cache", "home", "question", "user", "visitor"]


@pytest.fixture(autouse=True)
def purposes(db):
    """A purpose of the shop's own on legitimate interest and one on the contract."""
    declared = [_purpose("service", LawfulBasis.LEGITIMATE_INTEREST)]
    declared.append(_purpose("delivery", LawfulBasis.CONTRACT))
    with registered(*declared):
        create_declared(declared)
        yield


def _purpose(key, basis):
    return PurposeDeclaration(
        key=key,
        title=key.title(),
        benefit="It works.",
        data="Your address.",
        data_categories=("PhysicalAddress",),
        sources=("checkout",),
        retention=timedelta(days=30),
        basis=basis,
    )
