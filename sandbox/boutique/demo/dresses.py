"""Drawings of dresses."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, flipped
from boutique.demo.fabric import Look, dark
from boutique.demo.prints import seam
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    KNIT,
    RIB,
    SHORT_SLEEVE,
    bow,
    button_row,
    front,
    gathers,
    inside,
    piece,
    placket,
    pleats,
    pointed_collar,
    sleeves,
    tier,
    trim,
    trims,
)

WAISTED = (
    "M 400 266 C 372 260 350 236 342 192 C 320 204 292 213 260 223 C 268 280 272 330 274 376 "
    "C 284 420 302 450 304 484 C 288 610 252 760 226 884 C 290 902 350 906 400 906"
)
SKIRT_FOLDS = [
    "M 350 500 C 340 620 310 760 290 896 L 322 900 C 340 760 356 620 350 500 Z",
    "M 450 500 C 462 620 486 760 500 896 L 470 900 C 456 760 446 620 450 500 Z",
    "M 318 520 C 300 640 272 770 250 886 L 268 892 C 296 760 316 640 318 520 Z",
]


def shirt_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look, SHORT_SLEEVE)
    trims(canvas, look, "M 152 404 C 182 424 220 436 254 438 L 246 470 C 212 468 172 454 140 434 Z")
    shape = front(canvas, WAISTED, look, shadow=16)
    pleats(canvas, shape, look, SKIRT_FOLDS, alpha=0.24)
    placket(canvas, look, 240, 905, 9)
    pointed_collar(canvas, look)
    trim(
        canvas,
        look,
        "M 300 464 C 340 474 460 474 500 464 L 502 500 C 460 510 340 510 298 500 Z",
        shadow=6,
    )
    piece(
        canvas,
        "M 404 488 C 420 540 424 590 420 640 L 448 636 C 452 586 446 536 428 486 Z",
        look,
        plain=True,
        shadow=6,
        depth=10,
        colour=dark(look.dye.cloth, 0.07),
    )
    piece(canvas, "M 398 466 L 434 466 L 436 508 L 396 508 Z", look, plain=True, shadow=4, depth=10)


def wrap_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, "M 338 196 C 366 180 434 180 462 196 L 404 400 L 396 400 Z")
    sleeve = (
        "M 262 222 C 226 234 206 262 194 312 C 180 380 164 450 150 520 C 176 540 212 548 240 546 "
        "C 250 490 262 430 272 388 C 272 330 268 270 262 222 Z"
    )
    sleeves(canvas, look, sleeve)
    right = (
        "M 458 192 C 480 204 508 213 540 223 C 532 280 528 330 526 376 C 516 420 498 450 496 484 "
        "L 330 484 C 380 420 440 300 458 192 Z"
    )
    piece(canvas, right, look, shadow=10)
    left = (
        "M 342 192 C 320 204 292 213 260 223 C 268 280 272 330 274 376 C 284 420 302 450 304 484 "
        "L 500 484 C 430 420 362 300 342 192 Z"
    )
    piece(canvas, left, look, shadow=7)
    under = "M 304 484 L 496 484 C 512 610 548 760 574 876 C 520 894 460 902 400 902 L 300 880 Z"
    piece(canvas, under, look, shadow=14, colour=dark(look.dye.cloth, 0.12))
    over = (
        "M 304 484 L 492 484 C 510 600 500 760 452 900 C 360 908 290 900 226 882 "
        "C 252 760 288 610 304 484 Z"
    )
    shape = piece(canvas, over, look, shadow=7)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 470 500 C 420 560 350 640 300 720 C 370 660 430 590 470 500 Z",
            "M 470 500 C 440 620 390 740 340 900 L 370 902 C 420 740 460 620 470 500 Z",
            "M 330 500 C 312 640 282 770 262 888 L 284 894 C 306 760 328 640 330 500 Z",
        ],
        alpha=0.24,
    )
    trim(
        canvas,
        look,
        "M 300 466 C 340 476 460 476 500 466 L 502 498 C 460 508 340 508 298 498 Z",
        shadow=5,
    )
    bow(canvas, look, 470, 484, 0.72)


def tiered_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    puff = (
        "M 272 220 C 226 208 186 236 172 300 C 164 340 166 374 184 390 C 216 404 252 404 270 392 "
        "C 280 330 280 270 272 220 Z"
    )
    for side in (puff, flipped(puff)):
        sleeve = piece(canvas, side, look, shadow=12)
        gathers(canvas, sleeve, look, y=224, reach=200, length=60, count=21)
    trims(canvas, look, "M 176 376 C 206 396 244 398 272 386 L 270 408 C 244 420 204 418 180 400 Z")
    tier(canvas, look, 700, 896, 192, 236)
    tier(canvas, look, 556, 716, 154, 200)
    tier(canvas, look, 434, 572, 108, 156)
    half = (
        "M 400 274 C 366 270 340 240 334 194 C 314 204 292 213 264 222 C 270 290 274 340 276 384 "
        "C 282 404 290 420 294 444 L 400 450"
    )
    front(canvas, half, look, shadow=8)
    neck = "M 332 196 C 340 246 366 276 400 280 C 434 276 460 246 468 196"
    canvas.paint(canvas.line(neck, 12), dark(look.dye.cloth, 0.08))
    button_row(canvas, look, 304, 410, 4)


def knit_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    sleeves(canvas, look, weave=KNIT)
    trims(
        canvas,
        look,
        "M 156 650 C 178 662 206 668 227 666 L 217 738 C 192 740 164 734 143 722 Z",
        weave=RIB,
    )
    half = (
        "M 400 230 L 336 196 C 314 206 288 215 258 224 C 266 280 272 330 272 384 "
        "C 284 470 290 560 282 660 C 274 740 268 800 264 846 L 400 850"
    )
    shape = front(canvas, half, look, shadow=16, weave=KNIT)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 300 420 C 312 540 308 660 292 840 L 312 842 C 326 660 326 540 300 420 Z",
            "M 490 460 C 480 580 482 700 496 842 L 474 842 C 464 700 466 580 490 460 Z",
        ],
        alpha=0.25,
    )
    trim(
        canvas,
        look,
        "M 266 816 C 310 824 490 824 534 816 L 538 880 C 490 888 310 888 262 880 Z",
        weave=RIB,
    )
    trim(
        canvas,
        look,
        "M 334 150 C 366 140 434 140 466 150 L 472 214 C 440 238 360 238 328 214 Z",
        weave=RIB,
        shadow=6,
    )
    seam(canvas, "M 334 152 C 366 162 434 162 466 152", look, alpha=0.4)
