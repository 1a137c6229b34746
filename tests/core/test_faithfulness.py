"""Explanations are faithful; and every property that says so can fail."""

import pytest
from hypothesis import settings

from . import properties, properties_of_lists
from .mutants_of_lists import MUTANTS
from .teller import Case, Teller
from .thorough import CASES, try_all
from .worlds import World

ALL = (
    properties.default_is_told_nothing_about,
    *properties.OF_VERSIONS,
    properties_of_lists.list_is_the_ranking_of_its_points,
    *properties_of_lists.OF_LISTS,
)
#: A wrong explanation has to be found within so many worlds.
WORLDS = 400


def test_every_explanation_is_faithful():
    explained = try_all(CASES, is_repeatable=settings().derandomize)
    assert explained["a version"] > CASES / 2
    assert explained["a list"] > CASES / 2


@pytest.mark.parametrize(
    ("make", "holds"),
    [pytest.param(make, holds, id=f"{name}-{holds.__name__}") for name, make, holds in MUTANTS],
)
def test_wrong_explanation_is_caught(make, holds):
    assert any(fails(holds, World(seed), make()) for seed in range(WORLDS))


def test_every_property_has_caught_something():
    assert {holds for _name, _make, holds in MUTANTS} == set(ALL)


def fails(holds, world, teller):
    right = Case(world, Teller())
    applies = (
        holds in (ALL[0], properties_of_lists.list_is_the_ranking_of_its_points)
        or (holds in properties.OF_VERSIONS and right.decision.is_personal)
        or (holds in properties_of_lists.OF_LISTS and right.listed.is_personal)
    )
    if not applies:
        return False
    holds(right)  # of the same world the right explanation is
    try:
        holds(Case(world, teller))
    except AssertionError:
        return True
    return False
