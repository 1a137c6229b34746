"""Drawings of scarves, hats, belts and gloves."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, flipped, turned
from boutique.demo.fabric import BRASS, INK, WOOD, Look, cast_shadow, dark, light
from boutique.demo.prints import fold, seam, stitches
from boutique.demo.tailoring import KNIT, RIB, piece, pleats, trim

RIBBON_FOR_STRAW = (112, 52, 62)
SATIN = ("linen", 0.1)


def _rail(canvas: Canvas, y: float = 186) -> None:
    for x in (176, 624):
        mount = canvas.disc(x, y, 16)
        cast_shadow(canvas, mount, depth=8)
        canvas.paint(mount, dark(BRASS, 0.2))
    rod = canvas.line(f"M 160 {y} L 640 {y}", 16)
    cast_shadow(canvas, rod, depth=16)
    canvas.paint(rod, WOOD)
    canvas.paint(canvas.line(f"M 166 {y - 4} L 634 {y - 4}", 3), light(WOOD, 0.5), 0.7)


def _fringe(canvas: Canvas, look: Look, left: float, right: float, y: float) -> None:
    count = int((right - left) / 13)
    threads = " ".join(
        f"M {left + 7 + 13 * n} {y - 4} "
        f"C {left + 4 + 13 * n} {y + 20} {left + 12 + 13 * n} {y + 34} "
        f"{left + 6 + 13 * n + (n % 3) * 2} {y + 52 + (n * 5) % 9}"
        for n in range(count)
    )
    line = canvas.line(threads, 4.5)
    cast_shadow(canvas, line, depth=5, alpha=0.16)
    canvas.paint(line, dark(look.dye.cloth, 0.1))


def scarf(canvas: Canvas, look: Look) -> None:
    _rail(canvas)
    _fringe(canvas, look, 394, 548, 690)
    back = "M 392 190 L 544 190 C 552 360 546 520 550 694 L 396 694 Z"
    piece(canvas, back, look, shadow=14, colour=dark(look.dye.cloth, 0.14))
    _fringe(canvas, look, 262, 446, 820)
    front = (
        "M 270 196 C 272 166 452 166 454 196 C 460 400 450 600 450 822 C 390 830 320 830 260 822 "
        "C 262 600 272 400 270 196 Z"
    )
    shape = piece(canvas, front, look, shadow=16, depth=34)
    pleats(
        canvas,
        shape,
        look,
        [
            "M 320 190 C 326 400 312 620 308 824 L 330 826 C 336 620 346 400 336 190 Z",
            "M 400 190 C 396 400 404 620 396 826 L 416 826 C 424 620 414 400 418 190 Z",
        ],
        alpha=0.3,
    )
    label = canvas.area("M 404 770 L 440 770 L 440 804 L 404 804 Z")
    cast_shadow(canvas, label, depth=3)
    canvas.paint(label, light(look.dye.cloth, 0.75))


def silk_square(canvas: Canvas, look: Look) -> None:
    square = turned(
        "M 184 300 C 320 290 480 296 612 286 C 622 430 614 580 622 720 "
        "C 480 730 330 722 190 732 C 180 590 190 440 184 300 Z",
        -7,
        400,
        510,
    )
    border = turned(
        "M 216 332 C 330 322 470 326 582 318 C 590 440 584 570 590 690 "
        "C 470 698 340 692 220 700 C 212 580 220 450 216 332 Z",
        -7,
        400,
        510,
    )
    shape = piece(canvas, square, look, plain=True, shadow=18, depth=24, colour=look.dye.accent)
    inner = canvas.area(border)
    canvas.paint(inner, look.dye.cloth)
    piece(canvas, border, look, depth=10)
    canvas.paint(canvas.line(border, 4), light(look.dye.accent, 0.2))
    pleats(
        canvas,
        shape,
        look,
        [
            turned("M 300 296 C 340 420 380 560 360 722 C 420 560 370 420 300 296 Z", -7, 400, 510),
            turned("M 612 400 C 520 440 470 520 440 640 C 500 540 540 470 612 440 Z", -7, 400, 510),
        ],
        alpha=0.3,
    )
    gloss = canvas.area(
        turned("M 440 300 C 470 420 460 560 500 716 L 530 714 C 500 560 500 420 480 298 Z", -7)
    )
    canvas.paint(gloss.blurred(12 * canvas.scale).within(shape), (255, 255, 255), 0.4)
    corner = turned("M 622 720 C 580 690 540 664 500 650 C 500 690 506 712 512 730 Z", -7, 400, 510)
    piece(
        canvas, corner, look, plain=True, shadow=10, depth=16, colour=light(look.dye.accent, 0.15)
    )
    for x, y in ((196, 336), (588, 286)):
        pin = canvas.disc(x, y, 9)
        cast_shadow(canvas, pin, depth=8)
        canvas.paint(pin, BRASS)


def _stands(canvas: Canvas, reach: float, y: float = 756) -> None:
    canvas.paint(canvas.disc(408, y, reach, 14).blurred(10 * canvas.scale), INK, 0.32)


def beanie(canvas: Canvas, look: Look) -> None:
    _stands(canvas, 200)
    dome = "M 222 660 C 214 500 262 372 400 364 C 538 372 586 500 578 660 Z"
    shape = piece(canvas, dome, look, shadow=14, depth=46, weave=KNIT)
    ribs = " ".join(
        f"M {400 + n * 27} 660 C {400 + n * 27} 560 {400 + n * 17} 420 400 366"
        for n in range(-6, 7)
    )
    canvas.paint(canvas.line(ribs, 5).within(shape), dark(look.dye.cloth, 0.7), 0.28)
    brim = (
        "M 208 630 C 280 646 520 646 592 630 C 602 670 602 716 592 750 "
        "C 520 768 280 768 208 750 C 198 716 198 670 208 630 Z"
    )
    trim(canvas, look, brim, weave=RIB, shadow=8)
    tag = canvas.area("M 474 676 L 528 672 L 530 712 L 476 716 Z")
    cast_shadow(canvas, tag, depth=4)
    canvas.paint(tag, light(look.dye.cloth, 0.7))
    seam(canvas, "M 484 695 L 520 692", look, alpha=0.6)


def straw_hat(canvas: Canvas, look: Look) -> None:
    _stands(canvas, 262)
    brim = (
        "M 118 716 C 150 664 300 650 400 650 C 500 650 650 664 682 716 "
        "C 640 752 520 762 400 762 C 280 762 160 752 118 716 Z"
    )
    piece(canvas, brim, look, shadow=16, depth=30)
    rings = "M 160 716 C 240 690 560 690 640 716 M 200 734 C 300 746 500 746 600 734"
    canvas.paint(canvas.line(rings, 4), dark(look.dye.cloth, 0.5), 0.35)
    shade = canvas.area(
        "M 240 690 C 300 720 500 720 560 690 C 560 706 500 736 400 736 C 300 736 240 706 240 690 Z"
    )
    canvas.paint(shade.blurred(10 * canvas.scale), INK, 0.3)
    crown = (
        "M 246 690 C 250 580 262 500 296 470 C 330 446 372 462 400 462 C 428 462 470 446 504 470 "
        "C 538 500 550 580 554 690 C 520 716 280 716 246 690 Z"
    )
    shape = piece(canvas, crown, look, depth=40)
    fold(
        canvas,
        shape,
        "M 330 462 C 360 510 440 510 470 462 C 440 480 360 480 330 462 Z",
        look,
        alpha=0.5,
    )
    ribbon = canvas.area(
        "M 248 630 C 300 658 500 658 552 630 L 555 688 C 520 716 280 716 245 688 Z"
    )
    canvas.paint(ribbon, RIBBON_FOR_STRAW)
    canvas.paint(
        canvas.line("M 250 642 C 300 668 500 668 551 642", 3), light(RIBBON_FOR_STRAW, 0.4), 0.6
    )
    tail = "M 520 664 C 540 700 560 720 590 738 L 612 716 C 586 702 564 682 548 656 Z"
    piece(
        canvas,
        tail,
        look,
        plain=True,
        shadow=6,
        depth=8,
        weave=SATIN,
        colour=dark(RIBBON_FOR_STRAW, 0.12),
    )
    piece(
        canvas,
        "M 500 636 L 552 628 L 556 688 L 508 700 Z",
        look,
        plain=True,
        shadow=5,
        depth=8,
        weave=SATIN,
        colour=light(RIBBON_FOR_STRAW, 0.08),
    )


def belt(canvas: Canvas, look: Look) -> None:
    _rail(canvas)
    loop = (
        "M 400 186 C 300 190 282 300 276 420 C 270 600 300 760 400 770 C 500 760 530 600 524 420 "
        "C 518 300 500 190 400 186"
    )
    tail = "M 404 770 C 470 764 530 790 566 850"
    for path in (loop, tail):
        strap = canvas.line(path, 50)
        cast_shadow(canvas, strap, depth=16)
        canvas.paint(strap, look.dye.cloth)
        canvas.paint(canvas.line(path, 42, dash=(8, 6)), light(look.dye.cloth, 0.45), 0.7)
        canvas.paint(canvas.line(path, 37), look.dye.cloth)
        canvas.paint(
            canvas.placed(-4, -4, 1).line(path, 8).blurred(4 * canvas.scale), (255, 255, 255), 0.25
        )
    for x, y in ((482, 776), (510, 792), (534, 814), (552, 838)):
        canvas.paint(canvas.disc(x, y, 5), dark(look.dye.cloth, 0.8))
    keeper = canvas.line("M 446 738 L 462 802", 14)
    cast_shadow(canvas, keeper, depth=5)
    canvas.paint(keeper, dark(look.dye.cloth, 0.2))
    buckle = canvas.line("M 346 724 L 414 728 L 410 812 L 342 806 Z", 11)
    cast_shadow(canvas, buckle, depth=8)
    canvas.paint(buckle, BRASS)
    canvas.paint(canvas.line("M 346 764 L 424 770", 8), dark(BRASS, 0.15))
    canvas.paint(canvas.line("M 348 726 L 412 730", 3), light(BRASS, 0.7))


HAND = (
    "M 300 780 L 296 560 C 270 520 234 480 214 440 C 204 414 232 396 252 416 C 280 448 300 470 314 "
    "490 C 310 420 304 330 304 270 C 304 236 346 236 350 270 L 358 420 C 358 350 360 290 362 236 "
    "C 364 202 406 202 408 238 L 410 420 C 414 350 420 300 424 262 C 430 230 468 232 466 268 "
    "L 458 430 C 466 390 476 350 486 322 C 496 294 530 304 526 336 C 516 420 506 480 500 540 "
    "C 494 600 490 680 488 780 Z"
)


def _glove(canvas: Canvas, look: Look, degrees: float, *, right: bool) -> None:
    knitted = look.material == "Wool"
    place = canvas.placed(156 if right else -62, 20, 0.86)

    def cut(path: str) -> str:
        return turned(flipped(path) if right else path, degrees, 400, 500)

    piece(place, cut(HAND), look, shadow=16, depth=26, weave=KNIT if knitted else None)
    seam(place, cut("M 352 500 L 356 420 M 408 496 L 409 420 M 456 506 L 458 430"), look, width=4)
    cuff = cut("M 292 716 L 494 716 L 498 806 L 288 806 Z")
    trim(place, look, cuff, shadow=5, weave=RIB if knitted else None)
    if not knitted:
        points = "M 360 540 L 364 640 M 404 536 L 405 644 M 446 542 L 442 640"
        stitches(place, cut(points), look)


def gloves(canvas: Canvas, look: Look) -> None:
    _glove(canvas, look, 9, right=True)
    _glove(canvas, look, -9, right=False)
