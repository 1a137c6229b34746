"""Drawings of jackets."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, flipped
from boutique.demo.fabric import BRASS, Look, cast_shadow, dark, light
from boutique.demo.lapels import HOLE, flap, horn_buttons, lapels, two_fronts
from boutique.demo.prints import seam, stitches
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    RIB,
    buttons,
    front,
    inside,
    pair,
    piece,
    pleats,
    pocket,
    pointed_collar,
    sleeves,
    trim,
    trims,
)

SLEEVE = (
    "M 256 220 C 214 232 194 262 186 316 C 172 440 156 570 136 712 C 158 728 194 734 222 730 "
    "C 238 620 256 500 274 404 C 276 340 268 276 256 220 Z"
)
JACKET_FOLDS = [
    "M 290 430 C 300 540 298 640 284 742 L 304 744 C 316 640 316 540 290 430 Z",
    "M 506 440 C 498 540 500 640 512 742 L 492 744 C 482 640 484 540 506 440 Z",
]


def blazer(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look, HOLE)
    sleeves(canvas, look, SLEEVE)
    left = (
        "M 338 190 C 314 204 284 216 250 226 C 264 290 270 350 270 404 C 278 470 276 560 262 640 "
        "C 256 690 250 730 248 762 C 300 780 350 782 382 770 C 404 752 414 700 416 640 L 416 500 "
        "C 392 420 356 300 338 190 Z"
    )
    for shape in two_fronts(canvas, look, left):
        pleats(canvas, shape, look, JACKET_FOLDS, alpha=0.22)
    lapels(canvas, look)
    flap(canvas, look, 284, 600)
    flap(canvas, look, 424, 600)
    seam(canvas, "M 446 372 L 508 362 L 510 378 L 448 388 Z", look, width=3, alpha=0.6)
    horn_buttons(canvas, (404, 506), (404, 580))
    for x, y in ((206, 690), (209, 664), (594, 690), (591, 664)):
        horn_buttons(canvas, (x, y), size=7)


def chore_jacket(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look, SLEEVE)
    left = (
        "M 342 190 C 316 204 284 216 248 226 C 262 290 266 350 266 404 C 264 520 260 640 256 756 "
        "C 300 764 370 766 418 766 L 418 262 C 380 250 352 226 342 190 Z"
    )
    for shape in two_fronts(canvas, look, left):
        pleats(canvas, shape, look, JACKET_FOLDS, alpha=0.22)
    stitches(canvas, "M 408 270 L 408 764", look)
    stitches(canvas, "M 260 742 C 330 752 470 752 540 742", look)
    pocket(canvas, look, 284, 560, 100, 130)
    pocket(canvas, look, 430, 560, 100, 130)
    pocket(canvas, look, 436, 340, 82, 96)
    pointed_collar(canvas, look)
    horn_buttons(canvas, (400, 310), (400, 410), (400, 510), (400, 610), (400, 710), size=10)
    cuff = "M 142 668 C 166 682 202 688 228 684"
    stitches(canvas, cuff, look)
    stitches(canvas, flipped(cuff), look)


def quilted_jacket(canvas: Canvas, look: Look) -> None:
    quilt = ("quilt", 0.42)
    hanger(canvas)
    inside(canvas, look)
    sleeves(canvas, look, SLEEVE, weave=quilt)
    trims(
        canvas,
        look,
        "M 140 690 C 164 706 198 712 225 708 L 222 736 C 192 740 158 734 134 718 Z",
        shadow=3,
    )
    half = (
        "M 400 262 C 372 256 350 230 340 192 C 316 204 284 216 248 226 C 262 290 266 350 266 404 "
        "C 264 520 258 640 250 756 C 310 772 360 772 400 772"
    )
    shape = front(canvas, half, look, shadow=16, weave=quilt)
    pleats(canvas, shape, look, JACKET_FOLDS, alpha=0.2)
    binding = dark(look.dye.cloth, 0.35)
    edge = "M 400 270 L 400 772 M 250 752 C 310 768 490 768 550 752"
    canvas.paint(canvas.line(edge, 12), binding)
    trim(
        canvas,
        look,
        "M 334 178 C 366 166 434 166 466 178 L 474 238 C 440 264 360 264 326 238 Z",
        shadow=6,
        weave=quilt,
    )
    canvas.paint(canvas.line("M 326 238 C 360 264 440 264 474 238", 9), binding)
    for x in (282, 430):
        box = f"M {x} 580 L {x + 88} 580 L {x + 88} 690 L {x} 690 Z"
        piece(canvas, box, look, shadow=4, weave=quilt, depth=10)
        canvas.paint(canvas.line(f"M {x} 580 L {x + 88} 580", 10), binding)
    for y in range(310, 760, 74):
        snap = canvas.disc(400, y, 8)
        cast_shadow(canvas, snap, depth=3)
        canvas.paint(snap, BRASS)
        canvas.paint(canvas.disc(398, y - 2, 3), light(BRASS, 0.6))


def bomber_jacket(canvas: Canvas, look: Look) -> None:
    hanger(canvas)
    inside(canvas, look)
    puffed = (
        "M 256 220 C 206 232 184 268 174 326 C 158 430 140 540 128 640 C 150 662 200 672 234 664 "
        "C 246 580 260 490 276 404 C 278 340 270 276 256 220 Z"
    )
    sleeves(canvas, look, puffed)
    trims(
        canvas,
        look,
        "M 134 640 C 164 658 200 666 232 660 L 222 728 C 192 732 160 724 138 712 Z",
        weave=RIB,
        shadow=4,
    )
    half = (
        "M 400 262 C 372 256 350 230 340 192 C 316 204 284 216 248 226 C 262 290 266 350 266 404 "
        "C 256 490 248 580 252 654 C 300 670 360 672 400 672"
    )
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 276 620 C 300 600 306 560 300 520 C 316 570 312 620 290 656 Z",
            "M 524 620 C 500 600 494 560 500 520 C 484 570 488 620 510 656 Z",
            "M 330 630 C 346 600 346 570 340 540 C 358 590 356 630 344 662 Z",
        ],
        alpha=0.26,
    )
    trim(
        canvas,
        look,
        "M 256 648 C 320 666 480 666 544 648 L 534 714 C 480 726 320 726 266 714 Z",
        weave=RIB,
        shadow=4,
    )
    trim(
        canvas,
        look,
        "M 334 176 C 366 164 434 164 466 176 L 474 228 C 440 256 360 256 326 228 Z",
        weave=RIB,
        shadow=5,
    )
    canvas.paint(canvas.line("M 400 196 L 400 718", 12), dark(look.dye.cloth, 0.5))
    canvas.paint(canvas.line("M 400 200 L 400 716", 6, dash=(4, 5)), light(BRASS, 0.25))
    tab = canvas.area("M 393 262 L 407 262 L 410 304 L 390 304 Z")
    cast_shadow(canvas, tab, depth=4)
    canvas.paint(tab, BRASS)
    slit = "M 318 470 L 292 572 L 308 576 L 334 474 Z"
    pair(canvas, slit, look, shadow=3, depth=6)
    buttons(canvas, look, (312, 522), (488, 522), size=5)
