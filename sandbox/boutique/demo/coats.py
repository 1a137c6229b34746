"""Drawings of coats."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, flipped
from boutique.demo.fabric import HORN, Look, cast_shadow
from boutique.demo.lapels import HOLE, flap, horn_buttons, lapels, two_fronts
from boutique.demo.prints import seam
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    inside,
    pair,
    piece,
    pleats,
    sleeves,
    trim,
    trims,
)

COAT_SLEEVE = (
    "M 256 220 C 212 230 192 262 184 316 C 168 440 152 560 134 690 C 158 708 198 714 226 710 "
    "C 240 610 258 500 276 404 C 278 340 270 276 256 220 Z"
)
COAT_FOLDS = [
    "M 300 500 C 296 640 276 770 254 884 L 282 888 C 298 770 312 640 300 500 Z",
    "M 496 500 C 502 640 520 770 540 884 L 512 888 C 500 770 486 640 496 500 Z",
]


def trench_coat(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, "M 338 194 C 366 178 434 178 462 194 L 420 360 L 380 360 Z")
    sleeves(canvas, look, COAT_SLEEVE)
    strap = "M 144 636 C 172 650 208 656 236 652 L 233 676 C 206 680 168 674 141 660 Z"
    trims(canvas, look, strap, shadow=4)
    left = (
        "M 338 190 C 314 204 284 216 250 226 C 264 290 270 350 272 404 C 284 440 290 470 290 500 "
        "C 284 640 258 770 232 892 C 300 908 380 912 440 908 C 446 760 452 560 450 360 "
        "C 410 330 360 270 338 190 Z"
    )
    for shape in two_fronts(canvas, look, left):
        pleats(canvas, shape, look, COAT_FOLDS, alpha=0.26)
    seam(canvas, "M 450 380 C 452 560 446 760 440 906", look, width=3, alpha=0.5)
    flap = (
        "M 462 196 C 486 208 514 216 548 226 C 540 280 534 330 532 372 C 500 384 470 376 446 356 Z"
    )
    piece(canvas, flap, look, shadow=6, depth=12)
    lapel = (
        "M 336 184 C 344 240 362 300 396 344 L 352 372 C 318 344 296 310 284 272 L 318 262 "
        "L 288 240 C 298 216 308 202 318 194 Z"
    )
    lapels(canvas, look, lapel, "M 284 272 L 318 262 L 288 240")
    horn_buttons(canvas, *((x, y) for y in (424, 590, 690) for x in (362, 438)), size=10)
    slit = "M 312 580 L 296 676 L 312 680 L 328 584 Z"
    pair(canvas, slit, look, shadow=3, depth=6)
    _belt(canvas, look)
    tab = "M 262 226 L 316 200 L 326 214 L 270 246 Z"
    pair(canvas, tab, look, shadow=3, depth=6)


def _belt(canvas: Canvas, look: Look) -> None:
    """A belt of the same cloth with a horn buckle and a loose end."""
    trim(
        canvas,
        look,
        "M 284 478 C 340 488 460 488 516 478 L 518 520 C 460 530 340 530 282 520 Z",
        shadow=6,
    )
    piece(
        canvas,
        "M 446 504 C 470 540 480 590 478 640 L 510 634 C 508 584 496 540 474 500 Z",
        look,
        plain=True,
        shadow=6,
        depth=8,
    )
    buckle = canvas.line("M 416 472 L 460 472 L 460 528 L 416 528 Z", 8)
    cast_shadow(canvas, buckle, depth=5)
    canvas.paint(buckle, HORN)


def wool_coat(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, HOLE)
    sleeves(canvas, look, COAT_SLEEVE)
    left = (
        "M 338 190 C 314 204 284 216 248 226 C 262 290 268 350 268 404 C 268 560 252 730 236 884 "
        "C 300 898 370 900 424 898 L 424 500 C 396 420 356 300 338 190 Z"
    )
    for shape in two_fronts(canvas, look, left):
        pleats(canvas, shape, look, COAT_FOLDS, alpha=0.24)
    lapel = (
        "M 336 184 C 346 270 372 390 408 480 C 360 440 306 380 278 318 L 316 292 L 266 272 "
        "C 284 236 306 208 320 194 Z"
    )
    lapels(canvas, look, lapel, "M 278 318 L 316 292 L 266 272")
    horn_buttons(canvas, (404, 530), (404, 630), size=13)
    flap(canvas, look, 276, 620, 98)
    flap(canvas, look, 436, 620, 98)
    cuff = "M 140 646 C 166 662 204 668 230 664"
    seam(canvas, cuff, look)
    seam(canvas, flipped(cuff), look)
