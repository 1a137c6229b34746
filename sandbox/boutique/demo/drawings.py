"""The door to all drawings: a picture for an article, a scene for a page."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from boutique.demo import (
    accessories,
    bags,
    coats,
    dresses,
    jackets,
    knitwear,
    shirts,
    shoes,
    skirts,
    sleeveless,
    trousers,
)
from boutique.demo.canvas import Canvas
from boutique.demo.fabric import Look
from boutique.demo.scenes import draw_scene
from boutique.demo.stage import plinth, wall

__all__ = ["draw_article", "draw_scene"]

Draw = Callable[[Canvas, Look], None]

HANGING: dict[str, Draw] = {
    "shirt-dress": dresses.shirt_dress,
    "wrap-dress": dresses.wrap_dress,
    "a-line-dress": sleeveless.a_line_dress,
    "tiered-dress": dresses.tiered_dress,
    "slip-dress": sleeveless.slip_dress,
    "knit-dress": dresses.knit_dress,
    "pinafore-dress": sleeveless.pinafore_dress,
    "button-shirt": shirts.button_shirt,
    "band-collar-shirt": shirts.band_collar_shirt,
    "puff-blouse": shirts.puff_blouse,
    "tie-blouse": shirts.tie_blouse,
    "breton-top": shirts.breton_top,
    "camp-shirt": shirts.camp_shirt,
    "crew-jumper": knitwear.crew_jumper,
    "roll-neck-jumper": knitwear.roll_neck_jumper,
    "cable-jumper": knitwear.cable_jumper,
    "cardigan": knitwear.cardigan,
    "slipover": knitwear.slipover,
    "straight-trousers": trousers.straight_trousers,
    "wide-trousers": trousers.wide_trousers,
    "jeans": trousers.jeans,
    "tapered-trousers": trousers.tapered_trousers,
    "joggers": trousers.joggers,
    "culottes": trousers.culottes,
    "a-line-skirt": skirts.a_line_skirt,
    "pleated-skirt": skirts.pleated_skirt,
    "wrap-skirt": skirts.wrap_skirt,
    "button-skirt": skirts.button_skirt,
    "tiered-skirt": skirts.tiered_skirt,
    "blazer": jackets.blazer,
    "trench-coat": coats.trench_coat,
    "wool-coat": coats.wool_coat,
    "chore-jacket": jackets.chore_jacket,
    "quilted-jacket": jackets.quilted_jacket,
    "bomber-jacket": jackets.bomber_jacket,
    "scarf": accessories.scarf,
    "silk-square": accessories.silk_square,
    "belt": accessories.belt,
    "gloves": accessories.gloves,
}
STANDING: dict[str, Draw] = {
    "ballet-flats": shoes.ballet_flats,
    "loafers": shoes.loafers,
    "ankle-boots": shoes.ankle_boots,
    "trainers": shoes.trainers,
    "sandals": shoes.sandals,
    "tote-bag": bags.tote_bag,
    "crossbody-bag": bags.crossbody_bag,
    "backpack": bags.backpack,
    "bucket-bag": bags.bucket_bag,
    "basket-bag": bags.basket_bag,
    "beanie": accessories.beanie,
    "straw-hat": accessories.straw_hat,
}

SHOES = ("ballet-flats", "loafers", "ankle-boots", "trainers", "sandals")


def draw_article(look: Look, scale: float = 1.0) -> Image.Image:
    """An article before a wall or on a plinth that suits its colour; 800 by 1000 at scale 1."""
    if look.cut in STANDING:
        canvas = plinth(look.colour, scale)
        zoom = 1.0 if look.cut in SHOES else 1.14
        STANDING[look.cut](canvas.placed(400 - 400 * zoom, 722 - 758 * zoom, zoom), look)
    else:
        canvas = wall(look.colour, scale)
        HANGING[look.cut](canvas.placed(-24, 0, 1.06), look)
    return canvas.image
