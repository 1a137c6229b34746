"""What jackets and coats share: overlapping fronts, lapels, flaps, horn buttons."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, Mask, flipped
from boutique.demo.fabric import HORN, Look, cast_shadow, dark, light
from boutique.demo.prints import seam
from boutique.demo.tailoring import piece, trim

HOLE = "M 338 194 C 366 178 434 178 462 194 L 412 470 L 388 470 Z"
LAPEL = (
    "M 338 186 C 346 262 370 376 400 462 C 366 424 324 368 304 318 L 334 296 L 294 280 "
    "C 302 244 312 214 320 196 Z"
)
NOTCH = "M 304 318 L 334 296 L 294 280"


def two_fronts(canvas: Canvas, look: Look, left: str) -> tuple[Mask, Mask]:
    """The wearer's left front lies over the right one."""
    under = piece(canvas, flipped(left), look, shadow=14)
    over = piece(canvas, left, look, shadow=8)
    return over, under


def lapels(canvas: Canvas, look: Look, lapel: str = LAPEL, notch: str = NOTCH) -> None:
    """The turned-back fronts and the collar above them; ``notch`` is the cut between the two."""
    for side, cut in ((flipped(lapel), flipped(notch)), (lapel, notch)):
        piece(canvas, side, look, shadow=8, depth=16)
        seam(canvas, cut, look, width=3, alpha=0.6)
    collar = (
        "M 338 188 C 364 174 436 174 462 188 C 450 196 430 200 400 200 C 370 200 350 196 338 188 Z"
    )
    trim(canvas, look, collar)


def flap(canvas: Canvas, look: Look, x: float, y: float, w: float = 92) -> None:
    """A pocket flap with its upper left corner at x, y."""
    outline = (
        f"M {x} {y} L {x + w} {y} L {x + w} {y + 36} C {x + w} {y + 44} {x} {y + 44} {x} {y + 36} Z"
    )
    piece(canvas, outline, look, shadow=4, depth=8)
    seam(canvas, outline, look, width=2, alpha=0.35)


def horn_buttons(canvas: Canvas, *places: tuple[float, float], size: float = 11) -> None:
    """Buttons of horn."""
    for x, y in places:
        disc = canvas.disc(x, y, size)
        cast_shadow(canvas, disc, depth=4, alpha=0.35)
        canvas.paint(disc, HORN)
        canvas.paint(canvas.disc(x - size * 0.25, y - size * 0.3, size * 0.5), light(HORN, 0.25))
        for dx in (-0.22, 0.22):
            canvas.paint(canvas.disc(x + dx * size, y, size * 0.13), dark(HORN, 0.7))
