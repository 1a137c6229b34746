"""The words of the boutique's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SHOP_NAME = "Atelier Nord"


@dataclass(frozen=True, kw_only=True)
class PageStory:
    """One page in words; ``scene`` names the drawing it opens with, "" for none."""

    slug: str
    title: str
    eyebrow: str = ""
    opening: str = ""
    scene: str = ""
    link: str = ""
    link_text: str = ""
    body: tuple[tuple[str, Any], ...] = ()


PROMISES = (
    "promises",
    [
        {
            "title": "Free delivery",
            "text": "From the first sock on. We send within two working days.",
        },
        {
            "title": "30 days to think",
            "text": "Try it on at home. What you do not keep comes back at our cost.",
        },
        {
            "title": "Mended by us",
            "text": "If a seam opens within two years, we close it for free.",
        },
    ],
)

HOME = PageStory(
    slug="atelier-nord",
    title="Clothes for a long while",
    opening=(
        "Linen, wool and leather from workshops we know by name. "
        "We say what each piece is made of and how to keep it well."
    ),
    scene="home",
    link="/shop/catalogue/",
    link_text="See all clothes",
    body=(
        ("categories", {"title": "What we have"}),
        (
            "story",
            {
                "scene": "linen",
                "title": "Linen, all summer",
                "text": (
                    "<p>Flax needs rain, and little else. Woven into a shirt it keeps you cool, "
                    "dries in an hour and gets softer for ten years.</p>"
                ),
                "link": "/linen/",
                "link_text": "Read about linen",
            },
        ),
        (
            "products",
            {
                "title": "Knitted",
                "category": "clothing/knitwear",
                "option": "",
                "number": 4,
            },
        ),
        (
            "quote",
            {
                "text": "I would rather sell you one jumper in ten years than ten in one.",
                "source": "",
            },
        ),
        (
            "story",
            {
                "scene": "gifts",
                "title": "Something to give",
                "text": (
                    "<p>A scarf, a bag, a pair of gloves: presents in one size, wrapped in paper "
                    "and tied with string.</p>"
                ),
                "link": "/gifts/",
                "link_text": "See what fits everybody",
            },
        ),
        PROMISES,
    ),
)

LINEN = PageStory(
    slug="linen",
    eyebrow="Materials",
    title="Linen, all summer",
    opening=(
        "Our flax grows in Normandy and Flanders, is spun nearby and woven in mills that have done "
        "it for four generations."
    ),
    scene="linen",
    body=(
        (
            "products",
            {"title": "Made of linen", "category": "", "option": "material:Linen", "number": 8},
        ),
        ("heading", "Why linen"),
        (
            "text",
            "<p>A linen fibre is hollow. It takes up a fifth of its weight in water before it "
            "feels damp, and gives it back to the air while you walk. That is why a linen shirt "
            "is cool at thirty degrees, and why it dries on the line while you have lunch.</p>"
            "<p>The plant asks for little: it grows on rain, almost without spraying, and all of "
            "it is used, from the seed to the straw.</p>",
        ),
        (
            "quote",
            {
                "text": "It creases. Let it. Nobody ever looked worse for a crease in linen.",
                "source": "",
            },
        ),
        ("heading", "How to keep it"),
        (
            "text",
            "<ul><li>Wash at 40 °C with like colours, and not too full a drum.</li>"
            "<li>Shake it out, hang it up wet, and leave the dryer to others.</li>"
            "<li>Iron while damp, if you must iron at all.</li></ul>",
        ),
        (
            "call_to_action",
            {
                "title": "For the cooler evenings",
                "text": "A cotton jumper over the shoulders is all that linen needs.",
                "link": "/shop/catalogue/?selected_facets=material:Cotton",
                "link_text": "See cotton",
            },
        ),
    ),
)

GIFTS = PageStory(
    slug="gifts",
    eyebrow="For somebody else",
    title="Presents that get used",
    opening=(
        "Chosen so that no size can be wrong. We wrap them in paper, add your words by hand and "
        "leave the price out of the parcel."
    ),
    scene="gifts",
    body=(
        (
            "products",
            {"title": "Bags", "category": "bags", "option": "", "number": 4},
        ),
        (
            "products",
            {
                "title": "Scarves and small things",
                "category": "scarves-accessories",
                "option": "",
                "number": 4,
            },
        ),
        (
            "story",
            {
                "scene": "winter",
                "title": "Not sure? That is fine",
                "text": (
                    "<p>Whoever gets the present may bring it back or change it within 60 days, "
                    "without a receipt and without a reason.</p>"
                ),
                "link": "/delivery-and-returns/",
                "link_text": "Delivery and returns",
            },
        ),
        PROMISES,
    ),
)

ABOUT = PageStory(
    slug="about",
    title="About us",
    opening="Atelier Nord is one room, two people and a rail of clothes. We opened it in 2014.",
    scene="home",
    body=(
        (
            "text",
            "<p>We buy small runs from workshops between Porto and Tampere, visit each of them "
            "once a year and pay half in advance, so that nobody has to sew for free until we "
            "have sold.</p><p>We have no sales. A price is right on the first day and on the last "
            "one, and it is the same for everybody.</p>",
        ),
        PROMISES,
    ),
)

DELIVERY = PageStory(
    slug="delivery-and-returns",
    title="Delivery and returns",
    opening="Short version: delivery is free, returns are free, and you have 30 days.",
    body=(
        ("heading", "Delivery"),
        (
            "text",
            "<p>We send within two working days, and at our cost. "
            "The parcel takes two to five days more.</p>",
        ),
        ("heading", "Returns"),
        (
            "text",
            "<p>Send back what does not fit within 30 days. A label lies in the parcel. We pay "
            "back within a week after it has arrived. Your legal rights stay as they are.</p>",
        ),
        ("heading", "Payment"),
        (
            "text",
            "<p>By invoice, within 14 days. We ask for no card, and no address of your bank.</p>",
        ),
    ),
)

IMPRINT = PageStory(
    slug="imprint",
    title="Imprint",
    opening="Who is behind this shop, and how to reach us.",
    body=(
        (
            "text",
            "<p>Atelier Nord<br/>1 Rue de l’Exemple<br/>00000 Exempleville</p>"
            "<p>hello@ateliernord.example</p>"
            "<p>Atelier Nord is a demonstration. The shop, its people, its customers and its "
            "brands are made up; nothing is sold and nothing is sent.</p>",
        ),
    ),
)

LANDING_PAGES = (LINEN, GIFTS, ABOUT, DELIVERY, IMPRINT)
