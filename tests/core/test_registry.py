"""How things are registered and found."""

import pytest

from ethical_personalization.core.exceptions import DuplicateName, UnknownName
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.registry import Registry


def registry(*items):
    made = Registry("placement")
    made.collect_from(lambda: items)
    return made


HERO = Placement(key="hero", title="Hero")
FOOT = Placement(key="foot", title="Foot")


def test_unknown_name_is_refused_with_the_registered_names():
    with pytest.raises(UnknownName, match="No placement 'x'; registered: foot, hero"):
        registry(HERO, FOOT).get("x")


def test_second_registration_under_a_key_is_refused():
    with pytest.raises(DuplicateName, match="hero"):
        registry(HERO, HERO).all()


def test_function_is_asked_at_each_use():
    made = []
    found = registry(lambda: list(made))
    assert found.find("hero") is None
    made.append(HERO)
    assert found.find("hero") == HERO


def test_temporary_registration_ends_with_its_block():
    found = registry(HERO)
    with found.temporarily(FOOT):
        assert set(found.all()) == {"hero", "foot"}
    assert set(found.all()) == {"hero"}


def test_source_is_not_asked_before_the_first_use():
    asked = []
    Registry("fact").collect_from(lambda: asked.append(1) or ())
    assert asked == []
