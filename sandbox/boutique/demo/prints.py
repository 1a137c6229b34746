"""What is printed on or woven into cloth, and how a piece of cloth is laid on a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw

from boutique.demo.canvas import SHEET, Canvas, Colour, Mask
from boutique.demo.fabric import WEAVES, Look, cast_shadow, dark, light, round_off, texture

Pen = ImageDraw.ImageDraw


def _stripes(pen: Pen, width: int, height: int) -> None:
    for y in range(0, height, 76):
        pen.rectangle((0, y, width, y + 25), fill=255)


def _pinstripes(pen: Pen, width: int, height: int) -> None:
    for x in range(14, width, 44):
        pen.line((x, 0, x, height), fill=150, width=4)


def _awning(pen: Pen, width: int, height: int) -> None:
    for x in range(0, width, 96):
        pen.rectangle((x, 0, x + 47, height), fill=255)


def _checks(pen: Pen, width: int, height: int) -> None:
    for x in range(-20, width, 130):
        pen.rectangle((x, 0, x + 8, height), fill=170)
        pen.rectangle((x + 20, 0, x + 24, height), fill=110)
    for y in range(10, height, 130):
        pen.rectangle((0, y, width, y + 8), fill=170)
        pen.rectangle((0, y + 20, width, y + 24), fill=110)


def _gingham(pen: Pen, width: int, height: int) -> None:
    for x in range(0, width, 56):
        pen.rectangle((x, 0, x + 27, height), fill=105)
    for y in range(0, height, 56):
        pen.rectangle((0, y, width, y + 27), fill=105)
        for x in range(0, width, 56):
            pen.rectangle((x, y, x + 27, y + 27), fill=215)


def _dots(pen: Pen, width: int, height: int) -> None:
    for row, y in enumerate(range(0, height, 58)):
        for x in range(34 * (row % 2), width, 68):
            pen.ellipse((x - 10, y - 10, x + 10, y + 10), fill=235)


def _floral(pen: Pen, width: int, height: int) -> None:
    dice = Random(11)
    for row, y in enumerate(range(0, height + 90, 92)):
        for x in range(54 * (row % 2), width + 90, 108):
            _flower(pen, x + dice.randint(-16, 16), y + dice.randint(-16, 16), dice)


def _flower(pen: Pen, x: int, y: int, dice: Random) -> None:
    turn, size = dice.random() * pi, dice.choice((12, 15, 18))
    for petal in range(5):
        angle = turn + petal * 2 * pi / 5
        px, py = x + cos(angle) * size, y + sin(angle) * size
        reach = size * 0.62
        pen.ellipse((px - reach, py - reach, px + reach, py + reach), fill=235)
    pen.ellipse((x - size * 0.4, y - size * 0.4, x + size * 0.4, y + size * 0.4), fill=40)
    leaf = turn + pi / 5
    for away in (2.6, 3.6):
        lx, ly = x + cos(leaf) * size * away, y + sin(leaf) * size * away
        pen.ellipse((lx - 5, ly - 5, lx + 5, ly + 5), fill=150)


def _herringbone(pen: Pen, width: int, height: int) -> None:
    for column, x in enumerate(range(0, width, 36)):
        rise = 36 if column % 2 else -36
        for y in range(-40, height + 40, 18):
            pen.line((x, y, x + 36, y + rise), fill=95, width=5)


def _nordic(pen: Pen, width: int, height: int) -> None:
    """A knitted yoke: bands of small diamonds, only in the upper part of the sheet."""
    step = 26
    for band, top in enumerate((330, 470, 610)):
        for x in range(0, width, step * 4):
            shift = step * 2 * (band % 2)
            for row, cells in enumerate(((2,), (1, 3), (0, 4), (1, 3), (2,))):
                for cell in cells:
                    left, y = x + shift + cell * step, top + row * 20
                    pen.rectangle((left + 2, y + 2, left + step - 3, y + 17), fill=225)
        pen.rectangle((0, top - 22, width, top - 15), fill=225)
        pen.rectangle((0, top + 116, width, top + 123), fill=225)


PRINTS: dict[str, Callable[[Pen, int, int], None]] = {
    "stripes": _stripes,
    "pinstripes": _pinstripes,
    "awning": _awning,
    "checks": _checks,
    "gingham": _gingham,
    "dots": _dots,
    "floral": _floral,
    "herringbone": _herringbone,
    "nordic": _nordic,
}


@lru_cache(maxsize=16)
def printed(name: str) -> Image.Image:
    """A print as a whole sheet, drawn at twice the size and averaged down."""
    sheet = Image.new("L", (SHEET[0] * 2, SHEET[1] * 2))
    PRINTS[name](ImageDraw.Draw(sheet), *sheet.size)
    return sheet.reduce(2)


def weave_of(look: Look) -> tuple[str, float] | None:
    return WEAVES.get(look.material)


def lay(
    canvas: Canvas,
    shape: Mask,
    look: Look,
    *,
    colour: Colour | None = None,
    weave: tuple[str, float] | None = None,
    plain: bool = False,
    shadow: float = 0.0,
    depth: float = 26,
) -> Mask:
    """Lay a piece of cloth: its shadow, dye, weave, print, light and shade."""
    colour = colour or look.dye.cloth
    if shadow:
        cast_shadow(canvas, shape, depth=shadow)
    canvas.paint(shape, colour)
    weave = weave or weave_of(look)
    if weave:
        name, strength = weave
        bright = sum(colour)
        thread = (
            light(colour, 0.4) if bright < 330 else dark(colour, 0.35 if bright > 690 else 0.55)
        )
        canvas.paint(canvas.fitted(texture(name), shape), thread, strength)
    if look.pattern in PRINTS and not plain:
        canvas.paint(canvas.fitted(printed(look.pattern), shape), look.dye.accent, 0.92)
    round_off(canvas, shape, colour, depth=depth)
    return shape


def fold(canvas: Canvas, shape: Mask, path: str, look: Look, *, alpha: float = 0.2) -> None:
    """A soft fold: the area of a path in shade, within the cloth."""
    soft = canvas.area(path).blurred(max(1.0, 7 * canvas.scale))
    canvas.paint(soft.within(shape), dark(look.dye.cloth, 0.8), alpha)


def seam(canvas: Canvas, path: str, look: Look, *, width: float = 3, alpha: float = 0.5) -> None:
    """A seam or an edge as a thin darker line."""
    canvas.paint(canvas.line(path, width), _thread(look), alpha)


def stitches(canvas: Canvas, path: str, look: Look, *, alpha: float = 0.55) -> None:
    """A row of visible stitches."""
    canvas.paint(canvas.line(path, 2.2, dash=(9, 6)), _thread(look), alpha)


def _thread(look: Look) -> Colour:
    cloth = look.dye.cloth
    return dark(cloth, 0.6) if sum(cloth) > 300 else light(cloth, 0.35)
