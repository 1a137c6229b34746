"""Drawings of shirts, blouses and tops."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, Mask, flipped
from boutique.demo.fabric import Look, dark, light
from boutique.demo.prints import seam, stitches
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    CUFF,
    SHORT_SLEEVE,
    bow,
    button_row,
    front,
    gathers,
    inside,
    pair,
    piece,
    placket,
    pleats,
    pocket,
    pointed_collar,
    sleeves,
    trim,
    trims,
)

BODY = (
    "M 400 266 C 372 260 350 236 342 192 C 318 204 288 214 256 224 C 262 280 266 330 266 384 "
    "C 266 520 262 640 252 776 C 300 790 350 794 400 794"
)
CURVED_HEM = (
    "M 400 274 C 370 268 346 240 338 194 C 316 205 288 214 256 224 C 262 280 266 330 266 384 "
    "C 264 520 258 640 248 742 C 262 784 306 806 400 812"
)
ROUND_NECK = (
    "M 400 262 C 364 258 336 234 328 196 C 306 206 284 215 256 224 C 262 280 268 330 268 384 "
    "C 270 520 268 640 262 766 C 300 774 350 776 400 776"
)
PUFF_SLEEVE = (
    "M 270 222 C 224 208 184 236 168 300 C 148 380 128 470 126 560 C 124 606 140 632 178 636 "
    "C 212 638 232 624 240 600 C 250 526 262 450 274 392 C 278 330 278 270 270 222 Z"
)


def _torso(canvas: Canvas, look: Look, half: str = BODY) -> Mask:
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 302 420 C 308 540 302 660 286 786 L 308 790 C 322 660 322 540 302 420 Z",
            "M 470 500 C 460 600 464 700 470 796 L 448 796 C 442 690 448 590 470 500 Z",
            "M 510 400 C 512 440 506 470 492 500 C 500 460 502 430 510 400 Z",
        ],
        alpha=0.22,
    )
    return shape


def button_shirt(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look)
    trims(canvas, look, CUFF, shadow=2)
    _torso(canvas, look)
    placket(canvas, look, 240, 793, 7)
    pointed_collar(canvas, look)
    pocket(canvas, look, 446, 392)


def band_collar_shirt(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look)
    trims(canvas, look, CUFF, shadow=2)
    shape = _torso(canvas, look, CURVED_HEM)
    slit = canvas.area("M 387 262 L 413 262 L 413 470 L 387 470 Z")
    canvas.paint(slit.within(shape), light(look.dye.cloth, 0.12))
    seam(canvas, "M 387 266 L 387 470 L 413 470 L 413 266", look, width=2.5)
    button_row(canvas, look, 296, 444, 4)
    band = "M 338 188 C 344 234 366 264 396 270 L 396 292 C 354 286 328 246 324 198 Z"
    pair(canvas, band, look, plain=True, shadow=5, depth=10, colour=light(look.dye.cloth, 0.1))
    stitches(canvas, "M 252 728 C 268 768 310 788 400 796 C 490 788 532 768 548 728", look)


def puff_blouse(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    for side in (PUFF_SLEEVE, flipped(PUFF_SLEEVE)):
        sleeve = piece(canvas, side, look, shadow=12)
        gathers(canvas, sleeve, look, y=226, reach=200, length=64, count=21)
        gathers(canvas, sleeve, look, y=560, reach=270, length=70, count=27, spread=0.97)
    trims(canvas, look, "M 142 618 C 170 640 216 640 240 616 L 236 664 C 210 680 170 680 146 664 Z")
    _torso(canvas, look, ROUND_NECK)
    button_row(canvas, look, 320, 740, 8)
    collar = (
        "M 330 192 C 336 232 366 258 398 264 C 392 300 366 316 336 306 C 306 292 296 244 304 204 Z"
    )
    pair(canvas, collar, look, plain=True, shadow=7, depth=14, colour=light(look.dye.cloth, 0.16))
    seam(canvas, "M 400 300 L 400 775", look, width=2.5, alpha=0.35)


def tie_blouse(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look)
    trims(canvas, look, CUFF, shadow=2)
    _torso(canvas, look)
    button_row(canvas, look, 470, 760, 5)
    seam(canvas, "M 400 290 L 400 792", look, width=2.5, alpha=0.35)
    band = "M 340 184 C 346 232 368 268 400 286 L 400 310 C 354 296 324 246 322 196 Z"
    pair(canvas, band, look, plain=True, shadow=5, depth=10)
    bow(canvas, look, 400, 300, 0.96)


def breton_top(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    hole = (
        "M 322 200 C 356 188 444 188 478 200 C 470 232 436 250 400 252 C 364 250 330 232 322 200 Z"
    )
    inside(canvas, look, hole)
    sleeves(canvas, look)
    half = (
        "M 400 250 C 360 248 328 230 320 198 C 300 208 280 216 256 224 C 262 280 268 330 268 384 "
        "C 272 520 272 640 268 756 C 300 762 350 764 400 764"
    )
    _torso(canvas, look, half)
    neck = "M 318 198 C 328 238 362 256 400 258 C 438 256 472 238 482 198"
    canvas.paint(canvas.line(neck, 15), dark(look.dye.cloth, 0.12))
    stitches(canvas, "M 308 204 C 320 248 360 272 400 274 C 440 272 480 248 492 204", look)
    stitches(canvas, "M 268 742 C 310 750 490 750 532 742", look)
    cuff_line = "M 154 690 C 172 702 198 708 220 706"
    stitches(canvas, cuff_line, look)
    stitches(canvas, flipped(cuff_line), look)


def camp_shirt(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, "M 338 196 C 366 180 434 180 462 196 L 400 352 Z")
    sleeves(canvas, look, SHORT_SLEEVE)
    hem = "M 150 412 C 180 430 216 442 250 444"
    stitches(canvas, hem, look)
    stitches(canvas, flipped(hem), look)
    half = (
        "M 400 350 L 342 192 C 318 204 288 214 256 224 C 262 280 266 330 266 384 "
        "C 262 520 258 640 252 764 L 400 766"
    )
    _torso(canvas, look, half)
    seam(canvas, "M 412 352 L 412 766", look, width=2.5, alpha=0.4)
    button_row(canvas, look, 392, 730, 5)
    collar = (
        "M 340 184 C 350 240 376 300 400 350 C 384 356 368 356 352 350 L 316 300 L 336 284 "
        "L 306 266 C 312 240 318 214 322 198 Z"
    )
    pair(canvas, collar, look, shadow=7, depth=12)
    edge = (
        "M 340 184 C 350 240 376 300 400 350 C 384 356 368 356 352 350 L 316 300 "
        "L 336 284 L 306 266"
    )
    seam(canvas, edge, look, width=2.5, alpha=0.45)
    seam(canvas, flipped(edge), look, width=2.5, alpha=0.45)
    pocket(canvas, look, 446, 410)
    trim(canvas, look, "M 370 184 C 390 176 410 176 430 184 L 428 196 C 410 190 390 190 372 196 Z")
