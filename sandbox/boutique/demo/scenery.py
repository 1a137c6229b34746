"""What stands around in a scene: windows, piles of clothes, presents, vases with branches."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from boutique.demo.canvas import Canvas, Colour
from boutique.demo.fabric import BRASS, INK, WHITE, WOOD, Look, cast_shadow, dark, light, mix
from boutique.demo.prints import lay, seam
from boutique.demo.tailoring import KNIT, bow, piece


def box(
    canvas: Canvas,
    left: float,
    top: float,
    right: float,
    bottom: float,
    colour: Colour,
    *,
    shadow: float = 0,
) -> None:
    """A plain rectangle."""
    shape = canvas.area(f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} Z")
    if shadow:
        cast_shadow(canvas, shape, depth=shadow)
    canvas.paint(shape, colour)


def window(
    canvas: Canvas,
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    sky: Colour,
    hills: Colour,
    frame: Colour = WHITE,
) -> None:
    """A window with six panes and two rows of hills outside."""
    right, bottom = left + width, top + height
    box(canvas, left - 26, top - 26, right + 26, bottom + 26, dark(frame, 0.06), shadow=10)
    box(canvas, left, top, right, bottom, sky)
    pane = canvas.area(f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} Z")
    sun = canvas.disc(left + width * 0.68, top + height * 0.3, width * 0.13)
    canvas.paint(sun.within(pane), light(sky, 0.75))
    for share, tone in ((0.62, 0.35), (0.76, 0.0)):
        y = top + height * share
        ridge = canvas.area(
            f"M {left} {y + 40} C {left + width * 0.3} {y - 70} {left + width * 0.5} {y + 60} "
            f"{left + width * 0.7} {y} "
            f"C {left + width * 0.85} {y - 40} {right} {y} {right} {y + 20} "
            f"L {right} {bottom} L {left} {bottom} Z"
        )
        canvas.paint(ridge.within(pane), light(hills, tone))
    middle = left + width / 2
    bars = f"M {middle} {top} L {middle} {bottom}"
    for share in (1 / 3, 2 / 3):
        bars += f" M {left} {top + height * share} L {right} {top + height * share}"
    canvas.paint(canvas.line(bars, 13), dark(frame, 0.04))
    edge = canvas.line(f"M {left} {top} L {right} {top} M {left} {top} L {left} {bottom}", 10)
    canvas.paint(edge.within(pane), INK, 0.14)
    box(canvas, left - 50, bottom + 20, right + 50, bottom + 46, frame, shadow=14)


def snow(
    canvas: Canvas, left: float, top: float, width: float, height: float, dice: Random
) -> None:
    """Flakes before a window's panes."""
    for _ in range(70):
        x, y = left + dice.random() * width, top + dice.random() * height
        canvas.paint(canvas.disc(x, y, dice.choice((2.5, 3.5, 5))), WHITE, 0.9)


def folded(canvas: Canvas, x: float, y: float, width: float, looks: Sequence[Look]) -> None:
    """A pile of folded clothes that stands on y; the lowest piece comes first."""
    for number, look in enumerate(looks):
        inset = (0, 9, 3, 12, 6)[number % 5]
        place = canvas.placed(x, y - 58 * (number + 1), 1)
        right = width - inset
        path = (
            f"M {inset + 22} 0 L {right - 10} 0 C {right + 8} 2 {right + 8} 56 {right - 10} 58 "
            f"L {inset + 22} 58 C {inset - 8} 58 {inset - 8} 0 {inset + 22} 0 Z"
        )
        knitted = look.material in ("Wool", "Cashmere")
        piece(place, path, look, shadow=9, depth=20, weave=KNIT if knitted else None)
        line = f"M {inset + 16} 20 C {inset + 60} 30 {right - 60} 16 {right} 22"
        seam(place, line, look, width=3, alpha=0.4)
        seam(
            place,
            f"M {inset + 14} 40 C {inset + 60} 46 {right - 60} 36 {right} 42",
            look,
            width=3,
            alpha=0.4,
        )


def present(
    canvas: Canvas, x: float, y: float, size: tuple[float, float], paper: Look, ribbon: Look
) -> None:
    """A wrapped box that stands on y, with a ribbon and a bow."""
    width, height = size
    place = canvas.placed(x, y - height, 1)
    piece(place, f"M 0 0 L {width} 0 L {width} {height} L 0 {height} Z", paper, shadow=14, depth=30)
    piece(
        place, f"M -8 -10 L {width + 8} -10 L {width + 8} 44 L -8 44 Z", paper, shadow=7, depth=12
    )
    middle = width / 2
    band = place.area(
        f"M {middle - 16} -10 L {middle + 16} -10 L {middle + 16} {height} "
        f"L {middle - 16} {height} Z"
    )
    lay(place, band, ribbon, plain=True, shadow=4, depth=6)
    bow(place, ribbon, middle, -16, 1.0)


def stars(canvas: Canvas, dice: Random) -> None:
    """Paper stars on threads from above."""
    for number in range(9):
        x, y = 90 + number * 178 + dice.randint(-24, 24), 90 + (number * 5 % 4) * 84
        reach = dice.choice((34, 44, 56))
        canvas.paint(canvas.line(f"M {x} -20 L {x} {y}", 2.5), INK, 0.25)
        ends = []
        for spoke in range(16):
            away = reach * (1.0 if spoke % 4 == 0 else 0.62 if spoke % 2 == 0 else 0.3)
            angle = spoke * pi / 8
            ends.append(f"{x + sin(angle) * away:.1f} {y - cos(angle) * away:.1f}")
        star = canvas.area(f"M {' L '.join(ends)} Z")
        cast_shadow(canvas, star, depth=9)
        canvas.paint(star, dice.choice(((252, 248, 240), (232, 196, 128), (206, 122, 112))))
        canvas.paint(
            canvas.line(
                f"M {x} {y - reach} L {x} {y + reach} M {x - reach} {y} L {x + reach} {y}", 2.5
            ),
            INK,
            0.12,
        )


def tag(canvas: Canvas, x: float, y: float) -> None:
    """A paper tag on a thread."""
    canvas.paint(
        canvas.line(f"M {x} {y} C {x + 20} {y + 20} {x + 30} {y + 20} {x + 40} {y + 34}", 3),
        INK,
        0.5,
    )
    label = canvas.area(
        f"M {x + 40} {y + 26} L {x + 96} {y + 46} L {x + 82} {y + 96} L {x + 22} {y + 76} Z"
    )
    cast_shadow(canvas, label, depth=6)
    canvas.paint(label, (250, 245, 234))
    canvas.paint(canvas.disc(x + 46, y + 42, 4), INK, 0.5)


def vase(
    canvas: Canvas,
    x: float,
    y: float,
    colour: Colour,
    leaf: Colour,
    dice: Random,
    *,
    stems: int = 7,
    berries: Colour | None = None,
) -> None:
    """A stoneware vase on y with branches."""
    for number in range(stems):
        lean = (number / (stems - 1) - 0.5) * 1.3
        _branch(canvas, x, y - 190, lean, dice.uniform(250, 350), leaf, berries)
    body = canvas.area(
        f"M {x - 30} {y - 214} L {x + 30} {y - 214} "
        f"C {x + 26} {y - 160} {x + 84} {y - 140} {x + 84} {y - 80} "
        f"C {x + 84} {y - 30} {x + 60} {y} {x + 44} {y} L {x - 44} {y} "
        f"C {x - 60} {y} {x - 84} {y - 30} "
        f"{x - 84} {y - 80} C {x - 84} {y - 140} {x - 26} {y - 160} {x - 30} {y - 214} Z"
    )
    cast_shadow(canvas, body, depth=18)
    canvas.paint(body, colour)
    side = body.without(body.moved(-26 * canvas.scale, 0)).blurred(16 * canvas.scale)
    canvas.paint(side.within(body), INK, 0.22)
    shine = canvas.line(
        f"M {x - 52} {y - 110} C {x - 62} {y - 80} {x - 56} {y - 50} {x - 48} {y - 34}", 10
    )
    canvas.paint(shine.blurred(4 * canvas.scale).within(body), WHITE, 0.45)


def _branch(
    canvas: Canvas,
    x: float,
    y: float,
    lean: float,
    length: float,
    leaf: Colour,
    berries: Colour | None,
) -> None:
    tip = (x + sin(lean) * length, y - cos(lean) * length)
    bend = (x + sin(lean) * length * 0.3, y - cos(lean) * length * 0.7)
    stem = f"M {x} {y} Q {bend[0]} {bend[1]} {tip[0]} {tip[1]}"
    canvas.paint(canvas.line(stem, 5), mix(leaf, (90, 70, 50), 0.5))
    for step in range(2, 9):
        t = step / 8.5
        px = (1 - t) ** 2 * x + 2 * t * (1 - t) * bend[0] + t * t * tip[0]
        py = (1 - t) ** 2 * y + 2 * t * (1 - t) * bend[1] + t * t * tip[1]
        if berries and step % 2:
            canvas.paint(canvas.disc(px, py, 11), berries)
            canvas.paint(canvas.disc(px - 3, py - 4, 3.5), light(berries, 0.6))
        else:
            _leaf(canvas, px, py, lean + (0.9 if step % 2 else -0.9), 62 - step * 3, leaf)


def _leaf(canvas: Canvas, x: float, y: float, angle: float, long: float, colour: Colour) -> None:
    ex, ey = x + sin(angle) * long, y - cos(angle) * long
    wide = angle + pi / 2
    wx, wy = sin(wide) * long * 0.28, -cos(wide) * long * 0.28
    mx, my = (x + ex) / 2, (y + ey) / 2
    shape = canvas.area(
        f"M {x} {y} Q {mx + wx} {my + wy} {ex} {ey} Q {mx - wx} {my - wy} {x} {y} Z"
    )
    canvas.paint(shape, mix(colour, WHITE, 0.12 if angle > 0 else 0.0))


def peg_rail(canvas: Canvas, y: float, colour: Colour = WOOD) -> None:
    """A board along the wall, for pegs."""
    box(canvas, -20, y - 30, 1620, y + 24, colour, shadow=12)
    box(canvas, -20, y - 30, 1620, y - 24, light(colour, 0.35))


def clothes_rail(canvas: Canvas, y: float, left: float, right: float, floor: float) -> None:
    """A brass rail on two posts that stand on the floor."""
    frame = canvas.line(f"M {left} {floor} L {left} {y} L {right} {y} L {right} {floor}", 15)
    cast_shadow(canvas, frame, depth=18)
    canvas.paint(frame, BRASS)
    canvas.paint(canvas.line(f"M {left + 6} {y - 4} L {right - 6} {y - 4}", 3), WHITE, 0.5)
    for x in (left, right):
        foot = canvas.line(f"M {x - 70} {floor} L {x + 70} {floor}", 15)
        canvas.paint(foot, dark(BRASS, 0.15))
