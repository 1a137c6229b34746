"""Still lifes for the openings of pages, 1600 by 1200 units, cropped to the size asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from PIL import Image

from boutique.demo import (
    accessories,
    bags,
    coats,
    dresses,
    knitwear,
    shirts,
    shoes,
    sleeveless,
    trousers,
)
from boutique.demo.canvas import Canvas, Colour
from boutique.demo.fabric import DYES, WOOD, Look, dark, light, mix
from boutique.demo.scenery import (
    box,
    clothes_rail,
    folded,
    peg_rail,
    present,
    snow,
    stars,
    tag,
    vase,
    window,
)
from boutique.demo.stage import window_light

WIDTH, HEIGHT = 1600, 1200
OAK = (206, 172, 132)


def draw_scene(kind: str, size: tuple[int, int], seed: int) -> Image.Image:
    """A still life of one kind: "home", "linen", "gifts" or "winter"; the seed varies details."""
    scale = max(size[0] / WIDTH, size[1] / HEIGHT)
    image = Image.new("RGB", size)
    canvas = Canvas(
        image=image,
        dx=(size[0] - WIDTH * scale) / 2,
        dy=(size[1] - HEIGHT * scale) / 2,
        scale=scale,
    )
    SCENES[kind](canvas, Random(seed))
    return image


def _look(colour: str, material: str, pattern: str = "plain") -> Look:
    return Look(cut="", colour=colour, material=material, pattern=pattern)


def _room(canvas: Canvas, wall: Colour, floor: Colour, line: float) -> None:
    box(canvas, -400, -300, 2000, 1500, wall)
    box(canvas, -400, line, 2000, 1500, floor)
    box(canvas, -400, line - 22, 2000, line, light(wall, 0.5))
    box(canvas, -400, line, 2000, line + 5, dark(floor, 0.2))


def _sunlight(canvas: Canvas, dx: float, alpha: float = 0.2) -> None:
    panes = tuple(
        f"M {dx + 190 * n} -40 L {dx + 190 * n + 140} -40 L {dx + 190 * n - 460} 1240 "
        f"L {dx + 190 * n - 640} 1240 Z"
        for n in range(3)
    )
    window_light(canvas, panes, alpha)


def _home(canvas: Canvas, dice: Random) -> None:
    _room(canvas, (236, 226, 212), (214, 190, 160), 1010)
    window(canvas, 90, 120, 400, 600, sky=(206, 224, 232), hills=(158, 178, 150))
    _sunlight(canvas, 900, 0.16)
    clothes_rail(canvas, 188, 640, 1500, 1080)
    rail = replace(canvas, pegs=False)
    hung: list[tuple[Callable[[Canvas, Look], None], Look]] = [
        (coats.trench_coat, _look("Camel", "Cotton")),
        (dresses.shirt_dress, _look("Sage", "Linen")),
        (shirts.button_shirt, _look("Sky", "Cotton", "pinstripes")),
        (knitwear.cardigan, _look(dice.choice(("Terracotta", "Mustard")), "Wool")),
    ]
    for number, (draw, look) in enumerate(hung):
        draw(rail.placed(490 + 182 * number, 118, 0.8), look)
    box(canvas, 60, 850, 560, 878, OAK, shadow=16)
    for x in (90, 500):
        box(canvas, x, 878, x + 30, 1080, dark(OAK, 0.14))
    folded(
        canvas,
        110,
        850,
        230,
        [_look("Navy", "Wool"), _look("White", "Cotton"), _look("Rose", "Wool")],
    )
    vase(canvas, 450, 850, (244, 238, 228), (122, 146, 112), dice, stems=6)
    bags.basket_bag(canvas.placed(110, 690, 0.52), _look("Sand", "Straw"))
    shoes.loafers(canvas.placed(850, 660, 0.56), _look("Burgundy", "Leather"))


def _linen(canvas: Canvas, dice: Random) -> None:
    _room(canvas, (228, 231, 218), (218, 205, 184), 1060)
    _sunlight(canvas, 640, 0.26)
    _sunlight(canvas, 1540, 0.18)
    peg_rail(canvas, 168, light(WOOD, 0.25))
    sleeveless.a_line_dress(canvas.placed(-24, 84, 0.92), _look("White", "Linen"))
    dresses.shirt_dress(canvas.placed(336, 84, 0.92), _look("Sage", "Linen"))
    shirts.band_collar_shirt(canvas.placed(706, 84, 0.92), _look("Sky", "Linen"))
    bottom = dice.choice(("Terracotta", "Sand"))
    trousers.wide_trousers(canvas.placed(1036, 84, 0.92), _look(bottom, "Linen"))
    vase(canvas, 130, 1130, (196, 122, 92), (120, 148, 108), dice, stems=7)
    bags.basket_bag(canvas.placed(500, 716, 0.56), _look("Camel", "Straw"))
    accessories.straw_hat(canvas.placed(860, 770, 0.5), _look("Sand", "Straw"))


def _gifts(canvas: Canvas, dice: Random) -> None:
    _room(canvas, (236, 218, 211), (198, 152, 120), 900)
    _sunlight(canvas, 1000, 0.18)
    stars(canvas, dice)
    sets = [("Forest", "Camel"), ("White", "Burgundy")]
    dice.shuffle(sets)
    satin = {name: _look(name, "Silk") for name in DYES}
    present(canvas, 640, 960, (400, 460), _look("Burgundy", "Silk", "dots"), satin["Sand"])
    (paper, ribbon), (paper2, ribbon2) = sets
    vase(canvas, 1370, 960, (232, 222, 208), (74, 106, 84), dice, stems=7, berries=(168, 48, 52))
    present(canvas, 960, 1010, (330, 270), _look(paper, "Silk", "checks"), satin[ribbon])
    present(canvas, 330, 1030, (380, 300), _look(paper2, "Silk"), satin[ribbon2])
    folded(
        canvas,
        90,
        1010,
        250,
        [_look("Camel", "Cashmere"), _look("White", "Wool"), _look("Forest", "Wool")],
    )
    present(canvas, 700, 1100, (250, 150), _look("Rose", "Silk", "stripes"), satin["Burgundy"])
    tag(canvas, 560, 790)
    accessories.beanie(canvas.placed(990, 760, 0.46), _look("Mustard", "Wool"))


def _winter(canvas: Canvas, dice: Random) -> None:
    _room(canvas, (208, 216, 226), (172, 148, 126), 1030)
    window(canvas, 1010, 250, 430, 560, sky=(186, 202, 222), hills=(240, 244, 248))
    snow(canvas, 1014, 254, 420, 550, dice)
    peg_rail(canvas, 168, dark(WOOD, 0.1))
    coats.wool_coat(canvas.placed(30, 84, 0.96), _look("Camel", "Wool"))
    coat = dice.choice(("Navy", "Burgundy"))
    knitwear.cable_jumper(canvas.placed(410, 84, 0.94), _look("White", "Wool"))
    bench = mix(OAK, (120, 90, 70), 0.3)
    box(canvas, 640, 900, 1540, 932, bench, shadow=18)
    for x in (690, 1460):
        box(canvas, x, 932, x + 34, 1110, dark(bench, 0.16))
    folded(
        canvas,
        720,
        900,
        280,
        [_look("Forest", "Wool"), _look(coat, "Wool"), _look("Sky", "Wool", "nordic")],
    )
    accessories.beanie(canvas.placed(656, 342, 0.5), _look("Mustard", "Wool"))
    vase(canvas, 1380, 900, (246, 244, 240), (86, 112, 96), dice, stems=5, berries=(178, 60, 58))
    shoes.ankle_boots(canvas.placed(880, 700, 0.56), _look("Terracotta", "Leather"))


SCENES: dict[str, Callable[[Canvas, Random], None]] = {
    "home": _home,
    "linen": _linen,
    "gifts": _gifts,
    "winter": _winter,
}
