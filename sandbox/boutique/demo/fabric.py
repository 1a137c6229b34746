"""What cloth looks like: the colours the boutique dyes in, weaves, prints, light and shade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from boutique.demo.canvas import SHEET, Canvas, Colour, Mask

INK: Colour = (52, 44, 50)
WHITE: Colour = (255, 255, 255)
BRASS: Colour = (190, 152, 88)
HORN: Colour = (92, 66, 52)
WOOD: Colour = (196, 152, 108)


@dataclass(frozen=True, kw_only=True)
class Dye:
    """A named colour: the cloth, what is printed on it, and a wall that suits it."""

    cloth: Colour
    accent: Colour
    wall: Colour


DYES = {
    "White": Dye(cloth=(248, 246, 240), accent=(74, 92, 122), wall=(229, 213, 199)),
    "Sand": Dye(cloth=(221, 204, 174), accent=(143, 106, 74), wall=(205, 213, 205)),
    "Camel": Dye(cloth=(193, 146, 95), accent=(246, 234, 214), wall=(228, 220, 207)),
    "Terracotta": Dye(cloth=(193, 98, 68), accent=(248, 226, 200), wall=(238, 220, 203)),
    "Rose": Dye(cloth=(221, 160, 158), accent=(150, 70, 84), wall=(243, 227, 220)),
    "Burgundy": Dye(cloth=(120, 42, 58), accent=(232, 188, 176), wall=(232, 213, 209)),
    "Mustard": Dye(cloth=(214, 163, 60), accent=(250, 240, 214), wall=(231, 227, 208)),
    "Sage": Dye(cloth=(156, 173, 144), accent=(248, 246, 232), wall=(230, 232, 219)),
    "Forest": Dye(cloth=(56, 88, 70), accent=(220, 208, 166), wall=(216, 225, 212)),
    "Sky": Dye(cloth=(150, 184, 208), accent=(248, 250, 250), wall=(226, 232, 236)),
    "Navy": Dye(cloth=(44, 58, 92), accent=(240, 236, 226), wall=(214, 221, 230)),
    "Charcoal": Dye(cloth=(66, 66, 72), accent=(214, 210, 204), wall=(222, 219, 216)),
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one article looks: its cut, dye, material and print."""

    cut: str
    colour: str
    material: str
    pattern: str = "plain"

    @property
    def dye(self) -> Dye:
        return DYES[self.colour]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two: ``share`` 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def dark(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, INK, share)


def light(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, WHITE, share)


def _noise(width: int, height: int, seed: int) -> Image.Image:
    return Image.frombytes("L", (width, height), Random(seed).randbytes(width * height))


def _linen() -> Image.Image:
    across = _noise(50, 500, 1).resize(SHEET, Image.Resampling.BILINEAR)
    along = _noise(400, 62, 2).resize(SHEET, Image.Resampling.BILINEAR)
    return Image.blend(across, along, 0.5).point([max(0, v - 118) for v in range(256)])


def _wool() -> Image.Image:
    fine = _noise(400, 500, 3).resize(SHEET).filter(ImageFilter.GaussianBlur(1.2))
    return fine.point([max(0, min(255, (v - 118) * 3)) for v in range(256)])


def _leather() -> Image.Image:
    pebble = _noise(267, 333, 4).resize(SHEET, Image.Resampling.BICUBIC)
    return pebble.point([max(0, v - 150) for v in range(256)])


def _ruled(draw: Callable[[ImageDraw.ImageDraw, int, int], None]) -> Image.Image:
    """A sheet drawn at twice the size."""
    width, height = SHEET[0] * 2, SHEET[1] * 2
    sheet = Image.new("L", (width, height))
    draw(ImageDraw.Draw(sheet), width, height)
    return sheet.reduce(2)


def _denim(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for x in range(-height, width, 9):
        pen.line((x, height, x + height, 0), fill=150, width=3)


def _corduroy(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for x in range(0, width, 16):
        pen.line((x, 0, x, height), fill=190, width=5)


def _rib(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for x in range(0, width, 26):
        pen.line((x, 0, x, height), fill=220, width=7)


def _knit(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for x in range(0, width, 30):
        pen.line((x, 0, x, height), fill=120, width=4)
        for y in range(-20, height, 20):
            pen.line((x, y, x + 15, y + 16, x + 30, y), fill=220, width=4)


def _straw(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for row, y in enumerate(range(0, height, 22)):
        for x in range(-22 * (row % 2), width, 44):
            pen.rounded_rectangle((x, y, x + 36, y + 15), 7, outline=230, width=4)


def _quilt(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for x in range(-height, width, 110):
        pen.line((x, height, x + height, 0), fill=230, width=5)
        pen.line((x, 0, x + height, height), fill=230, width=5)


# material: its texture and how strongly the texture shows
WEAVES: dict[str, tuple[str, float]] = {
    "Linen": ("linen", 0.55),
    "Cotton": ("linen", 0.2),
    "Viscose": ("linen", 0.15),
    "Wool": ("wool", 0.12),
    "Cashmere": ("wool", 0.1),
    "Leather": ("leather", 0.25),
    "Suede": ("wool", 0.16),
    "Denim": ("denim", 0.28),
    "Canvas": ("linen", 0.45),
    "Corduroy": ("corduroy", 0.3),
    "Straw": ("straw", 0.4),
}


@lru_cache(maxsize=16)
def texture(name: str) -> Image.Image:
    """The weave of a cloth as a whole sheet."""
    grown = {"linen": _linen, "wool": _wool, "leather": _leather}
    if name in grown:
        return grown[name]()
    ruled = {
        "denim": _denim,
        "corduroy": _corduroy,
        "rib": _rib,
        "knit": _knit,
        "straw": _straw,
        "quilt": _quilt,
    }
    return _ruled(ruled[name])


def cast_shadow(canvas: Canvas, mask: Mask, *, depth: float = 14, alpha: float = 0.22) -> None:
    """The soft shadow of a thing on what is behind it."""
    reach = depth * canvas.scale
    soft = mask.blurred(max(2.0, reach * 0.9)).moved(reach * 0.6, reach * 0.9)
    canvas.paint(soft, INK, alpha)


def round_off(canvas: Canvas, mask: Mask, colour: Colour, *, depth: float = 26) -> None:
    """Light from the upper left: a soft dark edge on the far side, a faint bright one here."""
    reach = depth * canvas.scale
    far = mask.without(mask.moved(-reach * 0.55, -reach * 0.35)).blurred(max(1.5, reach * 0.5))
    canvas.paint(far.within(mask), dark(colour, 0.75), 0.34)
    near = mask.without(mask.moved(reach * 0.3, reach * 0.25)).blurred(max(1.0, reach * 0.28))
    canvas.paint(near.within(mask), WHITE, 0.22)
