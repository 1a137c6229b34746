"""Where things are shown: the wall with its arch and window light, the hanger, the plinth."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from boutique.demo.canvas import SHEET, Canvas, Colour
from boutique.demo.fabric import BRASS, DYES, INK, WHITE, WOOD, cast_shadow, dark, light, mix

ARCH = "M 110 1000 L 110 430 C 110 240 230 110 400 110 C 570 110 690 240 690 430 L 690 1000 Z"
SUNLIGHT = (
    "M -60 640 L 430 -40 L 560 -40 L -60 820 Z",
    "M -60 880 L 610 -40 L 660 -40 L -60 950 Z",
)


def window_light(canvas: Canvas, bands: tuple[str, ...], alpha: float = 0.2) -> None:
    """Sun through a window: pale slanting bands."""
    for band in bands:
        canvas.paint(canvas.area(band).blurred(6 * canvas.scale), WHITE, alpha)


@lru_cache(maxsize=32)
def _wall(colour: str, scale: float) -> Image.Image:
    wall = DYES[colour].wall
    canvas = _sheet(wall, scale)
    canvas.paint(canvas.area(ARCH), light(wall, 0.42))
    window_light(canvas, SUNLIGHT)
    return canvas.image


@lru_cache(maxsize=32)
def _plinth(colour: str, scale: float) -> Image.Image:
    wall = DYES[colour].wall
    canvas = _sheet(wall, scale)
    canvas.paint(canvas.disc(400, 440, 318), light(wall, 0.42))
    window_light(canvas, SUNLIGHT)
    table = mix(wall, (150, 118, 92), 0.22)
    canvas.paint(canvas.area("M 0 776 L 800 776 L 800 1000 L 0 1000 Z"), table)
    canvas.paint(canvas.area("M 0 776 L 800 776 L 800 782 L 0 782 Z"), light(table, 0.35))
    block = canvas.area("M 64 736 L 736 736 L 736 884 L 64 884 Z")
    cast_shadow(canvas, block, depth=22, alpha=0.2)
    canvas.paint(block, dark(light(wall, 0.5), 0.08))
    canvas.paint(canvas.area("M 64 736 L 130 652 L 670 652 L 736 736 Z"), light(wall, 0.72))
    return canvas.image


def _sheet(colour: Colour, scale: float) -> Canvas:
    size = (round(SHEET[0] * scale), round(SHEET[1] * scale))
    return Canvas(image=Image.new("RGB", size, colour), scale=scale)


def wall(colour: str, scale: float = 1.0) -> Canvas:
    """A wall for what hangs, tinted to suit the article's colour."""
    return Canvas(image=_wall(colour, scale).copy(), scale=scale)


def plinth(colour: str, scale: float = 1.0) -> Canvas:
    """A low plinth for what stands; its top reaches from 652 to 736 units down."""
    return Canvas(image=_plinth(colour, scale).copy(), scale=scale)


def hook(canvas: Canvas, x: float = 400, y: float = 96) -> None:
    """The hook of a hanger, over a round wooden peg unless there is a rail."""
    if canvas.pegs:
        peg = canvas.disc(x, y - 6, 17)
        cast_shadow(canvas, peg, depth=10)
        canvas.paint(peg, WOOD)
        canvas.paint(canvas.disc(x - 3, y - 10, 9), light(WOOD, 0.35))
    canvas.paint(
        canvas.line(
            f"M {x - 21} {y} C {x - 24} {y - 34} {x + 24} {y - 34} {x + 22} {y - 2} "
            f"C {x + 20} {y + 22} {x} {y + 18} {x} {y + 52}",
            5.5,
        ),
        dark(BRASS, 0.2),
    )


def hanger(canvas: Canvas, *, wood: Colour = WOOD, width: float = 140) -> None:
    """A wooden hanger whose arms end ``width`` units left and right of the middle."""
    hook(canvas)
    left, right = 400 - width, 400 + width
    arms = canvas.area(
        f"M 400 138 C 440 140 {right - 60} 180 {right} 206 C {right + 10} 214 {right + 2} 226 "
        f"{right - 10} 223 C {right - 80} 200 440 176 400 174 C 360 176 {left + 80} 200 "
        f"{left + 10} 223 C {left - 2} 226 {left - 10} 214 {left} 206 C {left + 60} 180 360 140 "
        "400 138"
    )
    cast_shadow(canvas, arms, depth=10)
    canvas.paint(arms, wood)
    canvas.paint(canvas.line(f"M {left + 8} 210 C {left + 70} 180 360 150 400 148", 4), WHITE, 0.3)


def clips(canvas: Canvas, *, top: float = 190, reach: float = 100) -> None:
    """A hanger with two clips for trousers and skirts; draw it after the waistband."""
    for x in (400 - reach, 400 + reach):
        clip = canvas.area(
            f"M {x - 13} {top - 26} L {x + 13} {top - 26} L {x + 17} {top + 24} "
            f"L {x - 17} {top + 24} Z"
        )
        canvas.paint(canvas.line(f"M {x} {top - 36} L {x} {top - 22}", 8), dark(BRASS, 0.2))
        cast_shadow(canvas, clip, depth=6)
        canvas.paint(clip, WOOD)
        canvas.paint(
            canvas.area(
                f"M {x - 14} {top - 4} L {x + 14} {top - 4} L {x + 15} {top + 4} "
                f"L {x - 15} {top + 4} Z"
            ),
            dark(BRASS, 0.1),
        )


def bar(canvas: Canvas, *, top: float = 190, reach: float = 100) -> None:
    """The bar the clips slide on; draw it before the cloth."""
    hook(canvas)
    rod = canvas.line(f"M {400 - reach - 36} {top - 36} L {400 + reach + 36} {top - 36}", 9)
    cast_shadow(canvas, rod, depth=8)
    canvas.paint(rod, dark(BRASS, 0.15))
    canvas.paint(canvas.line(f"M 400 148 L 400 {top - 36}", 6), dark(BRASS, 0.2))
    canvas.paint(canvas.disc(400, top - 36, 8), INK, 0.35)
