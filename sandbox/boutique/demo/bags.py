"""Drawings of bags, standing on the plinth."""

from __future__ import annotations

from boutique.demo.canvas import Canvas
from boutique.demo.fabric import BRASS, INK, Look, cast_shadow, dark, light
from boutique.demo.prints import seam, stitches
from boutique.demo.tailoring import gathers, mirrored_folds, piece, pleats

TAN = (158, 108, 70)


def _ground(canvas: Canvas, reach: float) -> None:
    canvas.paint(canvas.disc(410, 758, reach, 15).blurred(11 * canvas.scale), INK, 0.34)


def _handle(canvas: Canvas, look: Look, path: str, width: float = 22, *, far: bool = False) -> None:
    """A strap along a path, stitched on both edges."""
    colour = dark(look.dye.cloth, 0.42 if far else 0.12)
    strap = canvas.line(path, width)
    cast_shadow(canvas, strap, depth=5 if far else 10)
    canvas.paint(strap, colour)
    if not far:
        canvas.paint(canvas.line(path, width * 0.42, dash=(7, 6)), light(colour, 0.25), 0.35)
        canvas.paint(canvas.line(path, width * 0.3), colour)


def _metal(canvas: Canvas, path: str, width: float = 7) -> None:
    ring = canvas.line(path, width)
    cast_shadow(canvas, ring, depth=4)
    canvas.paint(ring, BRASS)
    canvas.paint(canvas.line(path, width * 0.3), light(BRASS, 0.55), 0.8)


def tote_bag(canvas: Canvas, look: Look) -> None:
    _ground(canvas, 230)
    _handle(canvas, look, "M 316 430 C 316 150 484 150 484 430", far=True)
    body = (
        "M 186 392 C 300 384 500 384 614 392 C 606 520 596 640 584 744 C 582 756 572 760 560 760 "
        "L 240 760 C 228 760 218 756 216 744 C 204 640 194 520 186 392 Z"
    )
    shape = piece(canvas, body, look, shadow=14, depth=44)
    rim = "M 186 392 C 300 384 500 384 614 392 L 612 424 C 500 416 300 416 188 424 Z"
    piece(canvas, rim, look, plain=True, depth=8, colour=dark(look.dye.cloth, 0.1))
    stitches(canvas, "M 190 418 C 300 410 500 410 610 418", look)
    stitches(canvas, "M 208 640 C 300 648 500 648 592 640", look)
    pleats(
        canvas,
        shape,
        look,
        mirrored_folds("M 220 440 C 250 540 252 640 236 750 L 262 752 C 276 640 272 540 220 440 Z"),
        alpha=0.22,
    )
    _handle(canvas, look, "M 302 520 C 300 130 500 130 498 520")
    for x in (302, 498):
        piece(
            canvas,
            f"M {x - 17} 440 L {x + 17} 440 L {x + 17} 530 L {x} 544 L {x - 17} 530 Z",
            look,
            plain=True,
            shadow=4,
            depth=6,
            colour=dark(look.dye.cloth, 0.12),
        )
        stitches(canvas, f"M {x - 11} 446 L {x + 11} 446 L {x + 11} 524 L {x - 11} 524 Z", look)
        canvas.paint(canvas.disc(x, 484, 5), BRASS)


def crossbody_bag(canvas: Canvas, look: Look) -> None:
    _ground(canvas, 210)
    _handle(canvas, look, "M 216 540 C 150 120 650 120 584 540", 15)
    body = (
        "M 206 500 C 206 486 216 478 230 478 L 570 478 C 584 478 594 486 594 500 L 600 716 "
        "C 600 744 584 760 556 760 L 244 760 C 216 760 200 744 200 716 Z"
    )
    piece(canvas, body, look, shadow=14, depth=40)
    stitches(
        canvas,
        (
            "M 214 640 L 214 712 C 214 738 226 748 250 748 L 550 748 "
            "C 574 748 586 738 586 712 L 586 640"
        ),
        look,
    )
    flap = (
        "M 198 496 C 198 480 210 470 228 470 L 572 470 C 590 470 602 480 602 496 L 602 570 "
        "C 600 640 500 664 400 664 C 300 664 200 640 198 570 Z"
    )
    piece(canvas, flap, look, shadow=12, depth=30)
    stitches(
        canvas,
        "M 210 500 L 210 568 C 214 628 310 652 400 652 C 490 652 586 628 590 568 L 590 500",
        look,
    )
    plate = canvas.area(
        "M 378 630 L 422 630 C 430 630 430 686 422 686 L 378 686 C 370 686 370 630 378 630 Z"
    )
    cast_shadow(canvas, plate, depth=6)
    canvas.paint(plate, BRASS)
    canvas.paint(canvas.line("M 384 638 L 384 678", 4), light(BRASS, 0.7), 0.8)
    canvas.paint(canvas.disc(402, 658, 7), dark(BRASS, 0.5))
    for x in (216, 584):
        _metal(canvas, f"M {x - 12} 512 L {x + 12} 512 L {x + 12} 548 L {x - 12} 548 Z")


def backpack(canvas: Canvas, look: Look) -> None:
    _ground(canvas, 220)
    _handle(canvas, look, "M 360 300 C 360 230 440 230 440 300", 16)
    for side in (1, -1):
        x = 400 - side * 196
        pouch = (
            f"M {400 - side * 170} 560 L {x - side * 6} 574 "
            f"C {x - side * 22} 620 {x - side * 20} 700 "
            f"{x} 744 L {400 - side * 170} 752 Z"
        )
        piece(canvas, pouch, look, depth=14, colour=dark(look.dye.cloth, 0.14))
    body = (
        "M 212 420 C 212 320 280 288 400 288 C 520 288 588 320 588 420 L 600 716 "
        "C 600 748 582 760 552 760 L 248 760 C 218 760 200 748 200 716 Z"
    )
    piece(canvas, body, look, shadow=14, depth=44)
    front = (
        "M 252 590 L 548 590 L 554 722 C 554 736 546 742 532 742 L 268 742 "
        "C 254 742 246 736 246 722 Z"
    )
    piece(canvas, front, look, shadow=5, depth=20)
    stitches(canvas, "M 262 606 L 538 606", look)
    flap = (
        "M 204 420 C 204 316 280 280 400 280 C 520 280 596 316 596 420 L 600 500 "
        "C 600 546 560 560 510 560 L 290 560 C 240 560 200 546 200 500 Z"
    )
    piece(canvas, flap, look, shadow=12, depth=34)
    stitches(
        canvas,
        (
            "M 214 440 L 212 498 C 212 536 246 548 292 548 L 508 548 "
            "C 554 548 588 536 588 498 L 586 440"
        ),
        look,
    )
    for x in (310, 490):
        strap = f"M {x - 16} 470 L {x + 16} 470 L {x + 16} 650 L {x} 668 L {x - 16} 650 Z"
        piece(canvas, strap, look, plain=True, shadow=6, depth=8, colour=TAN)
        stitches(canvas, f"M {x - 10} 478 L {x - 10} 640 M {x + 10} 478 L {x + 10} 640", look)
        _metal(canvas, f"M {x - 22} 584 L {x + 22} 584 L {x + 22} 622 L {x - 22} 622 Z", 6)


def bucket_bag(canvas: Canvas, look: Look) -> None:
    _ground(canvas, 190)
    _handle(canvas, look, "M 256 470 C 200 90 600 90 544 470", 20)
    body = (
        "M 240 436 C 268 456 300 440 330 452 C 360 464 380 444 402 452 C 430 464 456 442 484 450 "
        "C 512 458 540 446 560 436 C 566 540 574 640 570 716 C 568 750 500 762 400 762 "
        "C 300 762 232 750 230 716 C 226 640 234 540 240 436 Z"
    )
    inner = canvas.area("M 240 436 C 290 410 510 410 560 436 C 540 462 260 462 240 436 Z")
    canvas.paint(inner, dark(look.dye.cloth, 0.55))
    shape = piece(canvas, body, look, shadow=14, depth=50)
    gathers(canvas, shape, look, y=452, reach=158, length=120, spread=1.02, count=13)
    gathers(canvas, shape, look, y=500, reach=150, length=150, spread=1.02, count=10)
    cord = canvas.line("M 240 502 C 300 520 500 520 560 502", 9)
    cast_shadow(canvas, cord, depth=4)
    canvas.paint(cord, dark(look.dye.cloth, 0.4))
    for x in (262, 320, 360, 440, 480, 538):
        canvas.paint(canvas.disc(x, 511, 10), BRASS)
        canvas.paint(canvas.disc(x, 511, 5), dark(look.dye.cloth, 0.6))
    ends = canvas.line("M 390 514 C 372 560 384 600 372 640 M 410 514 C 428 560 420 590 430 620", 8)
    cast_shadow(canvas, ends, depth=6)
    canvas.paint(ends, dark(look.dye.cloth, 0.4))
    for x, y in ((372, 646), (430, 626)):
        piece(
            canvas,
            f"M {x - 8} {y - 8} L {x + 8} {y - 8} L {x + 12} {y + 40} L {x - 12} {y + 40} Z",
            look,
            plain=True,
            shadow=4,
            depth=6,
            colour=TAN,
        )
    base = (
        "M 231 690 C 300 712 500 712 570 690 L 570 716 C 568 750 500 762 400 762 "
        "C 300 762 232 750 230 716 Z"
    )
    piece(canvas, base, look, plain=True, depth=14, colour=dark(look.dye.cloth, 0.12))
    seam(canvas, "M 231 690 C 300 712 500 712 570 690", look)


def basket_bag(canvas: Canvas, look: Look) -> None:
    _ground(canvas, 240)
    leather = light(TAN, 0.05)
    canvas.paint(canvas.line("M 312 470 C 312 210 488 210 488 470", 18), dark(leather, 0.4))
    body = (
        "M 168 440 C 300 428 500 428 632 440 C 626 560 604 680 564 742 C 556 758 540 762 524 762 "
        "L 276 762 C 260 762 244 758 236 742 C 196 680 174 560 168 440 Z"
    )
    shape = piece(canvas, body, look, shadow=14, depth=46)
    rows = " ".join(f"M 160 {y} C 300 {y + 26} 500 {y + 26} 640 {y}" for y in range(470, 770, 38))
    canvas.paint(canvas.line(rows, 5).within(shape), dark(look.dye.cloth, 0.6), 0.35)
    rim = "M 164 432 C 300 420 500 420 636 432 L 634 462 C 500 450 300 450 166 462 Z"
    piece(canvas, rim, look, shadow=4, depth=10, colour=dark(look.dye.cloth, 0.12))
    near = canvas.line("M 292 520 C 286 170 514 170 508 520", 20)
    cast_shadow(canvas, near, depth=10)
    canvas.paint(near, leather)
    canvas.paint(
        canvas.line("M 292 520 C 286 170 514 170 508 520", 2.5, dash=(8, 6)), light(leather, 0.5)
    )
    for x in (292, 508):
        tab = canvas.area(
            f"M {x - 22} 470 L {x + 22} 470 L {x + 22} 540 L {x} 560 L {x - 22} 540 Z"
        )
        cast_shadow(canvas, tab, depth=5)
        canvas.paint(tab, leather)
        canvas.paint(canvas.disc(x, 500, 6), BRASS)
