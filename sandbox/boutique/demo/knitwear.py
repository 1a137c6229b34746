"""Drawings of jumpers, cardigans and slipovers."""

from __future__ import annotations

from math import pi, sin

from boutique.demo.canvas import Canvas, Mask, flipped
from boutique.demo.fabric import Look, dark, light
from boutique.demo.prints import seam
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    KNIT,
    RIB,
    button_row,
    front,
    inside,
    pair,
    pleats,
    pocket,
    sleeves,
    trim,
    trims,
)

WIDE_SLEEVE = (
    "M 258 222 C 216 236 194 268 184 320 C 168 430 152 550 132 676 C 152 690 184 698 212 696 "
    "C 230 600 252 490 274 404 C 276 340 270 280 258 222 Z"
)
KNIT_CUFF = "M 134 660 C 158 676 190 684 216 682 L 208 752 C 184 756 150 748 128 734 Z"
HEM = "M 255 704 C 320 716 480 716 545 704 L 537 776 C 480 784 320 784 263 776 Z"
FOLDS = [
    "M 296 420 C 308 520 306 620 288 720 L 310 722 C 324 620 324 520 296 420 Z",
    "M 500 440 C 488 540 490 640 502 722 L 480 722 C 470 640 474 540 500 440 Z",
]


def _sides(neck: str) -> str:
    """The left half of a jumper's body below a neckline that ends at the shoulder."""
    return (
        f"{neck} C 304 208 280 217 252 226 C 262 290 268 350 268 404 "
        "C 266 520 262 620 259 720 L 400 728"
    )


def _body(canvas: Canvas, look: Look, neck: str) -> Mask:
    sleeves(canvas, look, WIDE_SLEEVE, weave=KNIT)
    trims(canvas, look, KNIT_CUFF, weave=RIB, shadow=4)
    shape = front(canvas, _sides(neck), look, shadow=16, weave=KNIT)
    pleats(canvas, shape, look, FOLDS, alpha=0.24)
    trim(canvas, look, HEM, weave=RIB, shadow=4)
    return shape


def _neckband(canvas: Canvas, look: Look) -> None:
    band = (
        "M 326 192 C 334 246 364 276 400 280 C 436 276 466 246 474 192 L 454 184 "
        "C 448 232 428 254 400 256 C 372 254 352 232 346 184 Z"
    )
    trim(canvas, look, band, weave=RIB, shadow=3)


def _back_of_neck(canvas: Canvas, look: Look) -> None:
    """The inside of the back with the ribbed band above it."""
    inside(canvas, look)
    band = "M 328 194 C 356 168 444 168 472 194 L 462 206 C 438 188 362 188 338 206 Z"
    trim(canvas, look, band, weave=RIB)


def crew_jumper(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    _back_of_neck(canvas, look)
    _body(canvas, look, "M 400 262 C 366 258 340 236 332 196")
    _neckband(canvas, look)


def roll_neck_jumper(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    _body(canvas, look, "M 400 230 L 332 196")
    collar = "M 334 146 C 366 136 434 136 466 146 L 476 222 C 440 248 360 248 324 222 Z"
    trim(canvas, look, collar, weave=RIB, shadow=7)
    seam(canvas, "M 334 148 C 366 160 434 160 466 148", look, alpha=0.4)


def _cable(canvas: Canvas, look: Look, shape: Mask, x: float) -> None:
    """Two strands that wind around each other."""
    for phase in (0.0, pi):
        steps = range(190, 720, 6)
        strand = " L ".join(f"{x + 15 * sin(y / 17 + phase):.1f} {y}" for y in steps)
        path = f"M {strand}"
        canvas.paint(canvas.line(path, 19).within(shape), dark(look.dye.cloth, 0.34), 0.8)
        canvas.paint(canvas.line(path, 13).within(shape), light(look.dye.cloth, 0.12))
    for edge in (x - 34, x + 34):
        line = canvas.line(f"M {edge} 190 L {edge} 720", 3)
        canvas.paint(line.within(shape), dark(look.dye.cloth, 0.5), 0.4)


def cable_jumper(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    _back_of_neck(canvas, look)
    shape = _body(canvas, look, "M 400 262 C 366 258 340 236 332 196")
    for x in (310, 400, 490):
        _cable(canvas, look, shape, x)
    trim(canvas, look, HEM, weave=RIB, shadow=4)
    _neckband(canvas, look)


def cardigan(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, "M 338 196 C 366 180 434 180 462 196 L 404 460 L 396 460 Z")
    _body(canvas, look, "M 400 450 L 336 194")
    seam(canvas, "M 400 440 L 400 776", look, width=3)
    band = (
        "M 326 190 C 338 290 368 390 386 452 L 386 782 L 416 782 L 416 452 "
        "C 392 390 358 290 346 184 Z"
    )
    trim(canvas, look, flipped(band), weave=("rib", 0.2), shadow=3)
    trim(canvas, look, band, weave=("rib", 0.2), shadow=5)
    button_row(canvas, look, 476, 756, 6)
    pocket(canvas, look, 292, 596, 74, 84)
    pocket(canvas, look, 434, 596, 74, 84)


def slipover(canvas: Canvas, look: Look) -> None:
    hanger(canvas, width=130)
    inside(canvas, look, "M 338 196 C 366 180 434 180 462 196 L 404 400 L 396 400 Z")
    half = (
        "M 400 396 L 334 194 C 312 204 296 210 280 214 C 296 280 296 350 264 404 "
        "C 264 520 260 620 258 716 L 400 724"
    )
    shape = front(canvas, half, look, shadow=16, weave=KNIT)
    pleats(canvas, shape, look, FOLDS, alpha=0.24)
    trim(canvas, look, HEM, weave=RIB, shadow=4)
    arm = "M 270 216 C 286 280 286 344 254 400 L 272 414 C 308 350 308 284 294 208 Z"
    trims(canvas, look, arm, weave=("rib", 0.2), shadow=3)
    collar = "M 326 190 L 400 414 L 400 384 L 346 186 Z"
    pair(canvas, collar, look, plain=True, shadow=3, depth=8, colour=dark(look.dye.cloth, 0.07))
