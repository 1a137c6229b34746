"""Parts that many garments share: sleeves, collars, cuffs, plackets, pockets, buttons, folds."""

from __future__ import annotations

from typing import Any

from boutique.demo.canvas import Canvas, Mask, flipped, mirrored
from boutique.demo.fabric import Look, cast_shadow, dark, light
from boutique.demo.prints import fold, lay, seam, stitches

RIB = ("rib", 0.42)
KNIT = ("knit", 0.3)

NECK_HOLE = (
    "M 338 196 C 366 180 434 180 462 196 C 456 240 432 270 400 274 C 368 270 344 240 338 196 Z"
)
LONG_SLEEVE = (
    "M 262 222 C 226 234 208 262 200 312 C 188 420 172 560 150 700 C 166 712 196 718 218 716 "
    "C 232 610 252 480 270 392 C 272 330 268 270 262 222 Z"
)
SHORT_SLEEVE = (
    "M 262 222 C 228 232 208 252 192 288 C 176 330 160 376 146 424 C 176 444 214 456 246 458 "
    "C 258 430 266 410 270 388 C 272 330 268 270 262 222 Z"
)
CUFF = "M 153 668 C 174 680 202 686 224 684 L 217 736 C 192 738 164 732 143 720 Z"


def piece(canvas: Canvas, path: str, look: Look, **how: Any) -> Mask:
    """One piece of cloth."""
    return lay(canvas, canvas.area(path), look, **how)


def front(canvas: Canvas, half: str, look: Look, **how: Any) -> Mask:
    """One piece of cloth that is symmetrical; ``half`` is its left side."""
    return piece(canvas, mirrored(half), look, **how)


def pair(canvas: Canvas, path: str, look: Look, **how: Any) -> None:
    """A piece of cloth on the left and its mirror image on the right."""
    for side in (path, flipped(path)):
        piece(canvas, side, look, **how)


def sleeves(canvas: Canvas, look: Look, path: str = LONG_SLEEVE, **how: Any) -> None:
    pair(canvas, path, look, shadow=12, **how)


def trim(canvas: Canvas, look: Look, path: str, **how: Any) -> None:
    """Cuffs, bands and waistbands: plain, a little darker than the rest."""
    piece(canvas, path, look, plain=True, colour=dark(look.dye.cloth, 0.07), depth=12, **how)


def trims(canvas: Canvas, look: Look, path: str, **how: Any) -> None:
    for side in (path, flipped(path)):
        trim(canvas, look, side, **how)


def inside(canvas: Canvas, look: Look, path: str = NECK_HOLE) -> None:
    """The inner back of a garment with its label, seen through the neck."""
    canvas.paint(canvas.area(path), dark(look.dye.cloth, 0.4))
    label = canvas.area("M 384 200 L 416 200 L 416 216 L 384 216 Z")
    canvas.paint(label.within(canvas.area(path)), light(look.dye.cloth, 0.7))


def buttons(canvas: Canvas, look: Look, *places: tuple[float, float], size: float = 7.5) -> None:
    """Sewn buttons, paler or darker than the cloth."""
    cloth = look.dye.cloth
    face = dark(cloth, 0.5) if sum(cloth) > 560 else light(cloth, 0.72)
    for x, y in places:
        disc = canvas.disc(x, y, size)
        cast_shadow(canvas, disc, depth=3, alpha=0.4)
        canvas.paint(disc, face)
        for hole in (x - size * 0.3, x + size * 0.3):
            canvas.paint(canvas.disc(hole, y, size * 0.16), dark(face, 0.6))


def button_row(canvas: Canvas, look: Look, top: float, bottom: float, count: int) -> None:
    step = (bottom - top) / max(1, count - 1)
    buttons(canvas, look, *((400, top + step * number) for number in range(count)))


def placket(canvas: Canvas, look: Look, top: float, bottom: float, count: int) -> None:
    """The button strip down the middle."""
    strip = canvas.area(f"M 384 {top} L 416 {top} L 416 {bottom} L 384 {bottom} Z")
    cast_shadow(canvas, strip, depth=4, alpha=0.25)
    canvas.paint(strip, light(look.dye.cloth, 0.12))
    stitches(canvas, f"M 389 {top} L 389 {bottom}", look)
    stitches(canvas, f"M 411 {top} L 411 {bottom}", look)
    button_row(canvas, look, top + 24, bottom - 28, count)


def pointed_collar(canvas: Canvas, look: Look) -> None:
    """A shirt collar with a stand and two points."""
    stand = (
        "M 340 186 C 360 168 440 168 460 186 C 452 200 430 208 400 208 C 370 208 348 200 340 186 Z"
    )
    leaf = "M 342 180 C 358 186 384 206 400 236 L 362 300 C 342 272 328 236 326 204 Z"
    canvas.paint(canvas.area(stand), dark(look.dye.cloth, 0.28))
    pair(canvas, leaf, look, shadow=6, plain=True, colour=light(look.dye.cloth, 0.1))
    edge = "M 350 194 C 366 206 384 222 392 237 L 361 287"
    stitches(canvas, edge, look)
    stitches(canvas, flipped(edge), look)


def pocket(canvas: Canvas, look: Look, x: float, y: float, w: float = 76, h: float = 86) -> None:
    """A patch pocket with its upper left corner at x, y."""
    outline = (
        f"M {x} {y} L {x + w} {y} L {x + w} {y + h * 0.82} L {x + w / 2} {y + h} "
        f"L {x} {y + h * 0.82} Z"
    )
    piece(canvas, outline, look, shadow=3, depth=8)
    stitches(canvas, f"M {x + 5} {y + 14} L {x + w - 5} {y + 14}", look)
    seam(canvas, outline, look, width=2, alpha=0.3)


def pleats(canvas: Canvas, shape: Mask, look: Look, wedges: list[str], alpha: float = 0.3) -> None:
    """Several folds at once; one mask for all of them."""
    fold(canvas, shape, " ".join(wedges), look, alpha=alpha)


def gathers(
    canvas: Canvas,
    shape: Mask,
    look: Look,
    *,
    y: float,
    reach: float,
    length: float = 70,
    spread: float = 1.1,
    count: int = 9,
) -> None:
    """Small folds that start at a seam and run out below it."""
    wedges = []
    for number in range(count):
        place = (number + 0.5) / count * 2 - 1
        x, end = 400 + place * reach, 400 + place * reach * spread
        long = length * (0.5 + 0.5 * ((number * 7) % 5) / 4)
        wedges.append(f"M {x - 5} {y} L {x + 5} {y} L {end} {y + long} Z")
    soft = canvas.area(" ".join(wedges)).blurred(max(1.0, 3 * canvas.scale))
    canvas.paint(soft.within(shape), dark(look.dye.cloth, 0.8), 0.32)


def bow(canvas: Canvas, look: Look, x: float, y: float, size: float = 1.0) -> None:
    """A tied bow with two ends hanging down."""
    near = canvas.placed(x - 400 * size, y - 400 * size, size)
    plain = {"plain": True, "depth": 12}
    pair(
        near,
        "M 396 404 C 380 450 366 500 352 552 L 384 560 C 394 510 402 456 406 408 Z",
        look,
        shadow=8,
        **plain,
    )
    pair(
        near,
        "M 400 400 C 370 366 322 352 306 368 C 296 392 304 436 320 440 C 346 440 380 420 400 400 Z",
        look,
        shadow=6,
        **plain,
    )
    piece(near, "M 386 384 L 414 384 L 416 418 L 384 418 Z", look, shadow=4, **plain)


def tier(canvas: Canvas, look: Look, top: float, bottom: float, inner: float, outer: float) -> None:
    """A gathered flounce; ``inner`` and ``outer`` are half its width above and below."""
    half = (
        f"M 400 {top} L {400 - inner} {top} C {400 - inner - 8} {top + 40} {400 - outer} "
        f"{bottom - 50} {400 - outer} {bottom - 8} C {400 - outer * 0.75} {bottom + 14} "
        f"{400 - outer * 0.5} {bottom - 10} {400 - outer * 0.28} {bottom + 8} "
        f"C {400 - outer * 0.16} {bottom + 14} {400 - 20} {bottom} 400 {bottom + 4}"
    )
    shape = front(canvas, half, look, shadow=9)
    gathers(
        canvas,
        shape,
        look,
        y=top,
        reach=inner,
        length=(bottom - top) * 0.75,
        spread=outer / inner,
        count=13,
    )
    seam(canvas, f"M {400 - inner} {top + 3} L {400 + inner} {top + 3}", look, width=3, alpha=0.35)


def mirrored_folds(path: str) -> list[str]:
    """One fold and its mirror image."""
    return [path, flipped(path)]
