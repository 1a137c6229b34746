"""Drawings of skirts."""

from __future__ import annotations

from boutique.demo.canvas import Canvas
from boutique.demo.fabric import Look, dark
from boutique.demo.prints import seam, stitches
from boutique.demo.stage import bar, clips
from boutique.demo.tailoring import (
    RIB,
    bow,
    button_row,
    front,
    gathers,
    piece,
    pleats,
    pocket,
    tier,
    trim,
)

BAND = "M 290 178 C 340 186 460 186 510 178 L 514 222 C 460 230 340 230 286 222 Z"
A_LINE = "M 400 216 L 288 208 C 262 300 236 420 186 716 C 260 744 340 748 400 748"
FOLDS = [
    "M 352 240 C 340 420 300 600 268 734 L 304 738 C 330 600 356 420 352 240 Z",
    "M 444 240 C 456 420 492 600 520 736 L 484 740 C 462 600 440 420 444 240 Z",
    "M 306 260 C 288 420 246 600 212 720 L 232 726 C 268 600 302 420 306 260 Z",
]


def a_line_skirt(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    shape = front(canvas, A_LINE, look, shadow=16)
    pleats(canvas, shape, look, FOLDS, alpha=0.26)
    stitches(canvas, "M 190 702 C 260 728 340 732 400 732 C 460 732 540 728 610 702", look)
    dart = "M 344 228 L 338 300 M 456 228 L 462 300"
    seam(canvas, dart, look, width=2.5, alpha=0.4)
    trim(canvas, look, BAND, shadow=4)
    clips(canvas)


def pleated_skirt(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    count, waist, hem = 15, 226, 484
    edge = []
    for number in range(count):
        x = 400 - hem / 2 + hem / count * number
        edge += [f"L {x:.0f} 776", f"L {x + hem / count * 0.72:.0f} 794"]
    outline = (
        f"M 288 206 C 270 330 200 600 {400 - hem / 2} 780 {' '.join(edge)} "
        f"L {400 + hem / 2} 780 C 600 600 530 330 512 206 Z"
    )
    shape = piece(canvas, outline, look, shadow=16)
    shades, lights = [], []
    for number in range(count):
        top = 400 - waist / 2 + waist / count * (number + 0.7)
        low = 400 - hem / 2 + hem / count * (number + 0.7)
        wide_top, wide_low = waist / count * 0.42, hem / count * 0.42
        shades.append(f"M {top} 210 L {top + wide_top} 210 L {low + wide_low} 800 L {low} 800 Z")
        lights.append(f"M {top} 214 L {low} 800")
    canvas.paint(canvas.area(" ".join(shades)).within(shape), dark(look.dye.cloth, 0.8), 0.2)
    canvas.paint(canvas.line(" ".join(lights), 2.4).within(shape), dark(look.dye.cloth, 0.7), 0.5)
    trim(canvas, look, BAND, shadow=4)
    clips(canvas)


def wrap_skirt(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    front(
        canvas,
        "M 400 216 L 288 208 C 262 300 240 420 206 776 C 270 796 340 800 400 800",
        look,
        shadow=16,
        colour=dark(look.dye.cloth, 0.12),
    )
    over = (
        "M 288 208 L 470 214 C 520 400 520 640 430 810 C 350 816 270 806 198 786 "
        "C 236 420 262 300 288 208 Z"
    )
    shape = piece(canvas, over, look, shadow=8)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 440 236 C 400 340 340 430 270 510 C 350 450 410 380 440 236 Z",
            "M 440 236 C 420 440 370 640 310 806 L 344 810 C 396 640 440 440 440 236 Z",
            "M 312 240 C 292 420 260 640 232 790 L 256 796 C 286 640 308 420 312 240 Z",
        ],
        alpha=0.26,
    )
    edge = "M 462 222 C 510 400 510 640 422 800"
    stitches(canvas, edge, look)
    trim(canvas, look, BAND, shadow=4)
    bow(canvas, look, 472, 212, 0.8)
    clips(canvas)


def button_skirt(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    half = "M 400 216 L 288 208 C 262 290 248 360 242 420 C 234 520 226 620 218 716 L 400 726"
    shape = front(canvas, half, look, shadow=16)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 286 420 C 280 540 268 640 256 720 L 276 722 C 290 640 296 540 286 420 Z",
            "M 512 420 C 520 540 530 640 542 720 L 520 722 C 510 640 504 540 512 420 Z",
        ],
        alpha=0.26,
    )
    strip = canvas.area("M 380 222 L 420 222 L 420 726 L 380 726 Z")
    canvas.paint(strip, dark(look.dye.cloth, 0.1))
    for x in (386, 414):
        stitches(canvas, f"M {x} 226 L {x} 724", look)
    seam(canvas, "M 380 226 L 380 726 M 420 226 L 420 726", look, width=2.5, alpha=0.4)
    pocket(canvas, look, 272, 300, 88, 104)
    pocket(canvas, look, 440, 300, 88, 104)
    stitches(canvas, "M 222 700 L 400 710 L 578 700", look)
    trim(canvas, look, BAND, shadow=4)
    button_row(canvas, look, 204, 690, 8)
    for x in (318, 482):
        piece(
            canvas,
            f"M {x - 7} 180 L {x + 7} 180 L {x + 7} 234 L {x - 7} 234 Z",
            look,
            shadow=3,
            depth=5,
        )
    clips(canvas, reach=70)


def tiered_skirt(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    tier(canvas, look, 640, 876, 204, 250)
    tier(canvas, look, 424, 664, 156, 214)
    tier(canvas, look, 212, 446, 110, 166)
    shape = canvas.area(BAND)
    trim(canvas, look, BAND, weave=RIB, shadow=4)
    gathers(canvas, shape, look, y=182, reach=108, length=44, count=17, spread=1.0)
    clips(canvas)
