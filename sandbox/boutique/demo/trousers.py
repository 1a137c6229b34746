"""Drawings of trousers."""

from __future__ import annotations

from boutique.demo.canvas import Canvas, Mask, flipped
from boutique.demo.fabric import BRASS, Look, cast_shadow, dark, light
from boutique.demo.prints import seam, stitches
from boutique.demo.stage import bar, clips
from boutique.demo.tailoring import (
    RIB,
    bow,
    gathers,
    piece,
    pleats,
    trim,
    trims,
)

WAISTBAND = "M 282 176 C 340 184 460 184 518 176 L 522 222 C 460 230 340 230 278 222 Z"


def _leg(outer: float, inner: float, hem: float, knee: float | None = None) -> str:
    """The left leg: where its hem begins and ends, how far down, where the knee is."""
    side = outer if knee is None else knee
    return (
        f"M 280 190 C 262 260 250 330 246 400 C 244 520 {side} 660 {outer} {hem} "
        f"C {outer + 30} {hem + 8} {inner - 30} {hem + 8} {inner} {hem} "
        f"C {inner + 4} 740 400 560 404 450 L 408 190 Z"
    )


def _legs(canvas: Canvas, look: Look, path: str, **how: object) -> list[Mask]:
    right = piece(canvas, flipped(path), look, shadow=14, **how)
    left = piece(canvas, path, look, shadow=10, **how)
    return [left, right]


def _crease(canvas: Canvas, look: Look, x: float, hem: float) -> None:
    line = f"M 336 250 C 330 420 {x} 640 {x} {hem}"
    for side in (line, flipped(line)):
        canvas.paint(canvas.line(side, 3), dark(look.dye.cloth, 0.6), 0.35)
        canvas.paint(canvas.placed(4, 0, 1).line(side, 3), (255, 255, 255), 0.16)


def _front(canvas: Canvas, look: Look) -> None:
    """Waistband, fly and slanted pockets."""
    trim(canvas, look, WAISTBAND, shadow=4)
    seam(canvas, "M 404 226 L 404 450", look, alpha=0.55)
    stitches(canvas, "M 428 228 C 430 330 426 380 406 404", look)
    pocket_edge = "M 316 228 C 300 270 284 310 262 344"
    for side in (pocket_edge, flipped(pocket_edge)):
        seam(canvas, side, look, alpha=0.6)


def _button(canvas: Canvas, x: float, y: float) -> None:
    disc = canvas.disc(x, y, 9)
    cast_shadow(canvas, disc, depth=4)
    canvas.paint(disc, BRASS)
    canvas.paint(canvas.disc(x - 2, y - 2, 4), light(BRASS, 0.5))


def straight_trousers(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    _legs(canvas, look, _leg(264, 386, 896))
    _crease(canvas, look, 326, 896)
    _front(canvas, look)
    clips(canvas)


def wide_trousers(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    shapes = _legs(canvas, look, _leg(186, 392, 890, knee=214))
    for shape in shapes:
        pleats(
            canvas,
            shape,
            look,
            [
                "M 322 228 C 312 420 280 700 262 892 L 292 894 C 304 700 326 420 330 228 Z",
                "M 360 228 C 362 420 340 700 334 896 L 356 896 C 360 700 374 420 368 228 Z",
                "M 478 228 C 488 420 520 700 538 892 L 508 894 C 496 700 474 420 470 228 Z",
                "M 440 228 C 438 420 460 700 466 896 L 444 896 C 440 700 426 420 432 228 Z",
            ],
            alpha=0.3,
        )
    _front(canvas, look)
    clips(canvas)


def jeans(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    thread = (206, 142, 74)
    shapes = _legs(canvas, look, _leg(262, 384, 896))
    for shape, x in zip(shapes, (322, 478), strict=True):
        worn = canvas.disc(x, 480, 34, 190).blurred(26 * canvas.scale)
        canvas.paint(worn.within(shape), light(look.dye.cloth, 0.55), 0.4)
    turn_up = "M 258 852 C 300 862 350 862 386 856 L 388 906 C 350 912 300 912 258 902 Z"
    for side in (turn_up, flipped(turn_up)):
        piece(canvas, side, look, shadow=3, depth=8, colour=light(look.dye.cloth, 0.3))
    trim(canvas, look, WAISTBAND, shadow=4)
    yellow = (
        "M 280 218 C 340 226 460 226 520 218 M 282 182 C 340 190 460 190 518 182 "
        "M 430 228 C 432 330 426 390 406 410 M 408 228 L 408 440 "
        "M 312 228 C 314 282 290 306 258 312 M 306 228 C 306 274 288 298 260 303 "
        "M 488 228 C 486 282 510 306 542 312 M 494 228 C 494 274 512 298 540 303 "
        "M 256 420 C 254 560 268 700 272 850 M 544 420 C 546 560 532 700 528 850"
    )
    canvas.paint(canvas.line(yellow, 2.4, dash=(9, 5)), thread, 0.95)
    for x in (308, 362, 438, 492):
        piece(
            canvas,
            f"M {x - 6} 180 L {x + 6} 180 L {x + 6} 232 L {x - 6} 232 Z",
            look,
            shadow=3,
            depth=5,
        )
    _button(canvas, 404, 202)
    for x, y in ((310, 236), (262, 308), (490, 236), (538, 308)):
        canvas.paint(canvas.disc(x, y, 4), BRASS)
    clips(canvas, reach=76)


def tapered_trousers(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    shapes = _legs(canvas, look, _leg(304, 384, 846, knee=252))
    for shape in shapes:
        gathers(canvas, shape, look, y=224, reach=112, length=150, count=10, spread=1.0)
    _front(canvas, look)
    hem = "M 304 822 C 330 830 358 830 385 824"
    stitches(canvas, hem, look)
    stitches(canvas, flipped(hem), look)
    trim(
        canvas,
        look,
        "M 278 186 C 340 194 460 194 522 186 L 524 218 C 460 226 340 226 276 218 Z",
        shadow=5,
    )
    bow(canvas, look, 404, 206, 0.72)
    clips(canvas)


def joggers(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    shapes = _legs(canvas, look, _leg(290, 384, 830, knee=240))
    for shape in shapes:
        pleats(
            canvas,
            shape,
            look,
            [
                "M 262 640 C 300 660 340 662 372 650 C 340 676 300 680 262 640 Z",
                "M 276 740 C 310 756 350 756 380 744 C 350 772 310 776 276 740 Z",
                "M 538 640 C 500 660 460 662 428 650 C 460 676 500 680 538 640 Z",
                "M 524 740 C 490 756 450 756 420 744 C 450 772 490 776 524 740 Z",
            ],
            alpha=0.3,
        )
    trims(
        canvas,
        look,
        "M 290 818 C 320 828 356 828 386 820 L 380 892 C 352 898 322 898 300 890 Z",
        weave=RIB,
        shadow=4,
    )
    seam(canvas, "M 404 226 L 404 450", look, alpha=0.4)
    pocket_edge = "M 300 232 C 292 290 280 330 252 372"
    for side in (pocket_edge, flipped(pocket_edge)):
        seam(canvas, side, look, alpha=0.6)
    trim(canvas, look, WAISTBAND, weave=RIB, shadow=4)
    cords = "M 388 204 C 380 260 384 320 376 366 M 412 204 C 422 260 416 310 424 346"
    line = canvas.line(cords, 6)
    cast_shadow(canvas, line, depth=5)
    canvas.paint(line, light(look.dye.cloth, 0.75))
    clips(canvas)


def culottes(canvas: Canvas, look: Look) -> None:
    bar(canvas)
    shapes = _legs(canvas, look, _leg(168, 394, 716, knee=206))
    for shape in shapes:
        pleats(
            canvas,
            shape,
            look,
            [
                "M 330 228 C 318 380 278 560 246 720 L 278 722 C 302 560 334 380 338 228 Z",
                "M 366 228 C 364 380 340 560 326 722 L 350 722 C 362 560 376 380 374 228 Z",
                "M 470 228 C 482 380 522 560 554 720 L 522 722 C 498 560 466 380 462 228 Z",
                "M 434 228 C 436 380 460 560 474 722 L 450 722 C 438 560 424 380 426 228 Z",
            ],
            alpha=0.3,
        )
    _front(canvas, look)
    clips(canvas)
