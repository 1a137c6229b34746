"""Drawings of dresses without sleeves."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, flipped
from boutique.demo.fabric import BRASS, Look, cast_shadow, dark, light
from boutique.demo.prints import seam, stitches
from boutique.demo.stage import hanger
from boutique.demo.tailoring import (
    buttons,
    front,
    inside,
    pair,
    pleats,
    pocket,
    trim,
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


def a_line_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas, width=120)
    inside(
        canvas,
        look,
        "M 326 200 C 362 184 438 184 474 200 C 468 244 440 276 400 280 C 360 276 332 244 326 200 Z",
    )
    half = (
        "M 400 280 C 362 276 334 246 328 194 C 316 200 300 206 286 210 C 300 270 300 322 270 370 "
        "C 276 420 282 450 276 490 C 256 600 226 710 196 812 C 262 838 340 844 400 844"
    )
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 352 420 C 340 560 310 700 284 836 L 316 840 C 342 700 358 560 352 420 Z",
            "M 450 420 C 462 560 484 700 508 838 L 474 842 C 458 700 446 560 450 420 Z",
            "M 300 480 C 280 600 250 720 222 816 L 242 824 C 274 720 298 600 300 480 Z",
        ],
        alpha=0.24,
    )
    stitches(canvas, "M 318 198 C 326 258 358 290 400 294 C 442 290 474 258 482 198", look)
    arm = "M 298 212 C 312 272 310 330 282 374"
    stitches(canvas, arm, look)
    stitches(canvas, flipped(arm), look)
    dart = "M 330 470 C 336 440 338 410 336 380"
    seam(canvas, dart, look, width=2.5, alpha=0.3)
    seam(canvas, flipped(dart), look, width=2.5, alpha=0.3)


def slip_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas, width=120)
    back = "M 316 300 C 360 320 440 320 484 300 L 480 350 L 320 350 Z"
    canvas.paint(canvas.area(back), dark(look.dye.cloth, 0.4))
    half = (
        "M 400 350 C 376 340 344 310 322 272 C 310 300 300 336 292 372 C 296 420 308 450 306 484 "
        "C 296 620 262 760 232 878 C 290 896 350 900 400 900"
    )
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 380 420 C 350 560 300 720 276 888 L 306 892 C 336 720 372 560 380 420 Z",
            "M 436 460 C 450 600 480 740 512 886 L 482 892 C 460 740 440 600 436 460 Z",
        ],
        alpha=0.26,
    )
    gloss = (
        "M 340 400 C 342 520 322 700 292 880 L 302 882 C 336 700 352 520 350 400 Z "
        "M 470 420 C 476 560 496 720 528 872 L 540 868 C 508 720 486 560 482 420 Z"
    )
    canvas.paint(canvas.area(gloss).blurred(4).within(shape), (255, 255, 255), 0.4)
    strap = "M 322 276 C 326 250 330 220 334 190"
    for side in (strap, flipped(strap)):
        line = canvas.line(side, 6)
        cast_shadow(canvas, line, depth=5)
        canvas.paint(line, dark(look.dye.cloth, 0.1))
    seam(canvas, "M 322 276 C 344 312 376 342 400 352 C 424 342 456 312 478 276", look, width=4)


def pinafore_dress(canvas: Canvas, look: Look) -> None:
    hanger(canvas, width=130)
    strap = "M 352 326 C 342 280 330 230 322 188 L 350 182 C 358 226 372 280 384 322 Z"
    pair(canvas, strap, look, shadow=8, depth=8)
    half = (
        "M 400 308 L 326 308 C 324 350 318 400 306 440 L 296 446 L 298 478 "
        "C 282 600 250 720 222 830 "
        "C 290 852 350 856 400 856"
    )
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 344 520 C 334 640 308 740 286 846 L 314 850 C 338 740 352 640 344 520 Z",
            "M 458 520 C 468 640 488 740 506 848 L 476 852 C 462 740 452 640 458 520 Z",
        ],
        alpha=0.24,
    )
    trim(canvas, look, "M 294 444 L 506 444 L 508 480 L 292 480 Z", shadow=3)
    stitches(canvas, "M 296 452 L 504 452", look)
    stitches(canvas, "M 330 320 L 470 320", look)
    pocket(canvas, look, 352, 350, 96, 76)
    for x in (292, 424):
        pocket(canvas, look, x - 10, 540, 96, 110)
    buttons(canvas, look, (362, 328), (438, 328), size=11)
    stitches(canvas, "M 226 816 C 290 838 350 842 400 842 C 450 842 510 838 574 816", look)
    canvas.paint(canvas.disc(362, 328, 4), light(BRASS, 0.2))
    canvas.paint(canvas.disc(438, 328, 4), light(BRASS, 0.2))
