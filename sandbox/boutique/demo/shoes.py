"""Drawings of shoes: a pair from the side, standing on the plinth."""

from __future__ import annotations

from collections.abc import Callable

from boutique.demo.canvas import Canvas
from boutique.demo.fabric import BRASS, INK, WHITE, Look, cast_shadow, dark, light
from boutique.demo.prints import lay, seam, stitches
from boutique.demo.tailoring import piece

GROUND = 752
CORK = (206, 168, 122)
RUBBER = (238, 230, 214)
LEATHER_SOLE = (116, 82, 60)

One = Callable[[Canvas, Look], None]


def _pair(canvas: Canvas, look: Look, one: One) -> None:
    """The farther shoe first, a little higher and smaller."""
    for place in (canvas.placed(112, 28, 0.88), canvas.placed(-56, 34, 0.96)):
        ground = place.disc(410, GROUND + 4, 266, 15).blurred(10 * place.scale)
        place.paint(ground, INK, 0.34)
        one(place, look)


def _sole(canvas: Canvas, path: str, colour: tuple[int, int, int], look: Look) -> None:
    lay(canvas, canvas.area(path), look, plain=True, colour=colour, depth=8)


def _lining(canvas: Canvas, look: Look, path: str) -> None:
    canvas.paint(canvas.area(path), dark(light(look.dye.cloth, 0.55), 0.2))


def _flat(canvas: Canvas, look: Look) -> None:
    _lining(canvas, look, "M 150 604 C 250 596 390 612 486 640 L 440 700 L 190 700 Z")
    upper = (
        "M 146 600 C 164 660 230 680 310 680 C 380 678 446 668 484 632 C 560 616 652 644 664 704 "
        "C 668 730 662 744 642 744 L 166 744 C 144 730 136 660 146 600 Z"
    )
    piece(canvas, upper, look, depth=34)
    edge = "M 146 600 C 164 660 230 680 310 680 C 380 678 446 668 484 632"
    canvas.paint(canvas.line(edge, 9), dark(look.dye.cloth, 0.18))
    _sole(
        canvas,
        "M 160 738 L 660 738 C 660 750 650 754 638 754 L 236 754 L 232 760 L 172 760 Z",
        LEATHER_SOLE,
        look,
    )
    knot = canvas.placed(482 - 400 * 0.36, 640 - 400 * 0.36, 0.36)
    for side in (
        "M 400 400 C 350 330 270 340 260 370 C 252 420 290 470 320 466 Z",
        "M 400 400 C 450 330 530 340 540 370 C 548 420 510 470 480 466 Z",
    ):
        piece(knot, side, look, shadow=16, colour=dark(look.dye.cloth, 0.12))
    piece(knot, "M 376 376 L 424 376 L 424 430 L 376 430 Z", look, shadow=10)


def ballet_flats(canvas: Canvas, look: Look) -> None:
    _pair(canvas, look, _flat)


def _loafer(canvas: Canvas, look: Look) -> None:
    _lining(canvas, look, "M 150 558 C 230 544 320 556 390 580 L 350 670 L 190 670 Z")
    upper = (
        "M 148 556 C 166 616 220 652 290 646 C 340 640 366 610 386 572 C 410 578 446 592 480 606 "
        "C 570 614 656 650 664 712 C 666 734 658 742 638 742 L 164 742 C 142 700 138 620 148 556 Z"
    )
    piece(canvas, upper, look, depth=36)
    seam(canvas, "M 148 556 C 166 616 220 652 290 646 C 340 640 366 610 386 572", look, width=4)
    apron = "M 440 626 C 530 632 616 656 634 700 C 600 716 540 708 490 692"
    stitches(canvas, apron, look, alpha=0.9)
    seam(canvas, "M 440 626 C 530 632 616 656 634 700", look, width=4, alpha=0.5)
    strap = "M 350 618 C 400 622 440 632 478 650 L 436 726 C 390 706 350 690 318 684 Z"
    piece(canvas, strap, look, shadow=6, depth=12, colour=dark(look.dye.cloth, 0.08))
    slot = canvas.area("M 388 656 L 424 668 L 418 682 L 382 670 Z")
    canvas.paint(slot, dark(look.dye.cloth, 0.65))
    seam(canvas, "M 236 650 C 230 690 226 720 226 742", look, alpha=0.4)
    _sole(
        canvas,
        "M 152 736 L 662 736 C 664 748 650 752 640 752 L 300 752 L 296 764 L 156 764 Z",
        dark(LEATHER_SOLE, 0.25),
        look,
    )


def loafers(canvas: Canvas, look: Look) -> None:
    _pair(canvas, look, _loafer)


def _boot(canvas: Canvas, look: Look) -> None:
    tab = canvas.line("M 178 372 C 166 320 206 320 200 372", 12)
    canvas.paint(tab, dark(look.dye.cloth, 0.35))
    _lining(canvas, look, "M 172 366 C 220 352 310 352 358 366 L 352 392 L 178 392 Z")
    upper = (
        "M 172 368 C 220 380 310 380 358 366 C 352 450 362 520 404 566 C 452 598 556 600 616 634 "
        "C 656 660 666 698 660 736 L 158 736 C 138 640 180 520 172 368 Z"
    )
    shape = piece(canvas, upper, look, depth=40)
    gore = canvas.area(
        "M 238 378 C 250 450 262 520 280 576 C 306 600 330 580 340 556 C 318 500 306 440 306 378 Z"
    )
    canvas.paint(gore.within(shape), dark(look.dye.cloth, 0.5))
    ribs = " ".join(f"M {x} 380 L {x + 26} 580" for x in range(242, 310, 10))
    canvas.paint(canvas.line(ribs, 2).within(gore), light(look.dye.cloth, 0.25), 0.5)
    seam(canvas, "M 280 576 C 276 640 270 690 268 736", look)
    stitches(canvas, "M 420 588 C 400 640 410 690 430 734", look)
    shine = canvas.area("M 480 612 C 550 620 612 646 634 690 C 600 662 540 644 480 640 Z")
    canvas.paint(shine.blurred(6 * canvas.scale).within(shape), WHITE, 0.3)
    _sole(
        canvas,
        "M 150 730 L 664 730 C 668 748 660 756 648 756 L 320 756 L 314 768 L 152 768 Z",
        dark(LEATHER_SOLE, 0.45),
        look,
    )
    canvas.paint(canvas.line("M 156 734 L 658 734", 5), CORK)


def ankle_boots(canvas: Canvas, look: Look) -> None:
    _pair(canvas, look, _boot)


def _trainer(canvas: Canvas, look: Look) -> None:
    cloth = look.dye.cloth
    _lining(canvas, look, "M 152 546 C 200 528 290 528 342 554 L 310 620 L 180 610 Z")
    upper = (
        "M 150 546 C 176 584 250 600 300 590 C 320 580 332 566 340 552 C 390 586 446 610 506 622 "
        "C 590 630 652 656 660 716 L 156 716 C 136 660 138 600 150 546 Z"
    )
    piece(canvas, upper, look, depth=34)
    toe = "M 540 627 C 600 636 652 660 660 716 L 520 716 C 516 684 522 650 540 627 Z"
    piece(canvas, toe, look, plain=True, shadow=3, depth=12, colour=light(cloth, 0.3))
    heel = (
        "M 150 546 C 158 558 172 570 188 578 C 178 610 178 640 186 664 L 146 664 "
        "C 142 620 144 580 150 546 Z"
    )
    piece(canvas, heel, look, plain=True, shadow=3, depth=8, colour=look.dye.accent)
    facing = "M 340 552 C 390 586 446 610 506 622 L 456 682 C 400 668 340 640 300 596 Z"
    piece(canvas, facing, look, shadow=4, depth=10, colour=dark(cloth, 0.06))
    stitches(canvas, "M 308 606 C 346 646 400 668 450 684", look)
    for step in range(5):
        x, y = 342 + step * 32, 566 + step * 19
        lace = canvas.line(f"M {x} {y} C {x + 4} {y + 26} {x - 6} {y + 44} {x - 16} {y + 52}", 10)
        cast_shadow(canvas, lace, depth=4, alpha=0.35)
        canvas.paint(lace, (252, 250, 246))
        canvas.paint(canvas.disc(x - 17, y + 53, 5), dark(cloth, 0.5))
    _sole(
        canvas,
        "M 144 706 L 660 706 C 676 716 676 758 652 760 L 160 760 C 138 756 136 720 144 706 Z",
        RUBBER,
        look,
    )
    canvas.paint(canvas.line("M 146 730 L 664 730", 4), dark(RUBBER, 0.3), 0.7)


def trainers(canvas: Canvas, look: Look) -> None:
    _pair(canvas, look, _trainer)


def _sandal(canvas: Canvas, look: Look) -> None:
    back = "M 176 676 C 160 620 164 566 190 530 L 214 540 C 194 580 192 630 206 680 Z"
    piece(canvas, back, look, depth=10, colour=dark(look.dye.cloth, 0.2))
    _sole(
        canvas,
        "M 148 690 C 200 676 300 700 380 704 C 480 706 600 690 650 706 C 664 716 664 736 "
        "650 742 L 162 742 C 142 736 138 704 148 690 Z",
        CORK,
        look,
    )
    _sole(
        canvas,
        "M 150 734 L 656 734 C 662 750 650 758 640 758 L 164 758 C 150 756 146 744 150 734 Z",
        dark(LEATHER_SOLE, 0.2),
        look,
    )
    ankle = "M 186 536 C 240 520 320 548 352 604 L 330 622 C 296 576 240 556 196 566 Z"
    piece(canvas, ankle, look, shadow=6, depth=10)
    side = "M 300 716 C 300 660 318 620 350 596 L 372 614 C 350 640 340 680 344 718 Z"
    piece(canvas, side, look, shadow=6, depth=10)
    for strap in (
        (
            "M 352 724 C 356 630 430 596 500 612 C 548 624 566 660 566 700 L 520 700 "
            "C 516 672 500 656 470 656 C 444 658 444 690 446 724 Z"
        ),
        (
            "M 486 724 C 490 656 548 626 604 640 C 640 650 652 676 652 704 L 612 704 "
            "C 610 688 600 680 586 680 C 562 680 560 700 562 724 Z"
        ),
    ):
        piece(canvas, strap, look, shadow=7, depth=14)
    buckle = canvas.line("M 312 552 L 344 576 L 326 602 L 294 580 Z", 6)
    cast_shadow(canvas, buckle, depth=4)
    canvas.paint(buckle, BRASS)


def sandals(canvas: Canvas, look: Look) -> None:
    _pair(canvas, look, _sandal)
