"""What every placement of a shop keeps to, as a test case to inherit from."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ethical_personalization.core.registry import placements

from .places import Place, Scene, arranged, registered_place
from .rules import RULES

if TYPE_CHECKING:
    from django.test import TestCase

    _Base = TestCase
else:
    _Base = object


class PlacementContract(_Base):
    """Inherit from it and ``django.test.TestCase``, and name the ``pages`` of the shop.

    Every registered placement is tried where one of ``pages`` shows it, by each rule.
    ``also_shown`` adds what is not registered: page versions, blocks, product lists, tags.
    """

    #: Addresses on which the registered placements stand.
    pages: Sequence[str] = ("/",)

    def also_shown(self) -> Iterable[Place]:
        """Further places of the shop."""
        return ()

    def test_every_placement_keeps_the_contract(self) -> None:
        """One subtest for each placement and rule."""
        for key in placements.all():
            with self.subTest(placement=key), registered_place(key, self.pages) as scene:
                self._keep_all(scene)
        for place in self.also_shown():
            with self.subTest(placement=place.name), arranged(place) as scene:
                self._keep_all(scene)

    def _keep_all(self, scene: Scene) -> None:
        for rule in RULES:
            with self.subTest(placement=scene.place.name, rule=rule.__name__), scene.undone():
                rule(scene)
