"""Writes the pages of the boutique: the front door, two themes, and what a shop must tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Protocol

from django.contrib.sites.models import Site as DjangoSite
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from boutique.demo.drawings import draw_scene
from boutique.demo.stories import HOME, LANDING_PAGES, SHOP_NAME, PageStory
from boutique.models import HomePage, LandingPage

Image = get_image_model()

SCENES = {
    "home": "A clothes rail beside a window",
    "linen": "Linen clothes in summer light",
    "gifts": "Presents wrapped in paper",
    "winter": "Wool and a coat on a winter day",
}
SCENE_SIZE = (1600, 1200)
SCENE_SEED = 7
COLLECTION = "Boutique"


class Output(Protocol):
    """Where progress is told: a command's ``stdout`` or any open text file."""

    def write(self, text: str) -> object: ...


def load_pages(stdout: Output) -> None:
    """Write all pages anew, whatever was there before, and make the home page the site's root."""
    stdout.write("Writing the pages")
    pictures = _draw_pictures()
    root = Page.get_first_root_node()
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": SHOP_NAME, "root_page": root},
    )
    for page in root.get_children():
        page.specific.delete()
    root.refresh_from_db()
    home = root.add_child(instance=_page(HomePage, HOME, pictures))
    for story in LANDING_PAGES:
        home.add_child(instance=_page(LandingPage, story, pictures))
    site.root_page = home
    site.save()
    DjangoSite.objects.update_or_create(
        pk=1, defaults={"domain": "127.0.0.1:8000", "name": SHOP_NAME}
    )


def _page(model: type[Page], story: PageStory, pictures: Mapping[str, Any]) -> Page:
    page = model(
        slug=story.slug,
        title=story.title,
        eyebrow=story.eyebrow,
        opening=story.opening,
        link=story.link,
        link_text=story.link_text,
        picture=pictures.get(story.scene),
        search_description=story.opening[:150],
    )
    page.body = json.dumps([_block(kind, value, pictures) for kind, value in story.body])
    return page


def _block(kind: str, value: Any, pictures: Mapping[str, Any]) -> dict[str, Any]:
    """A block as StreamField stores it; a scene becomes the image that was drawn of it."""
    if isinstance(value, dict) and "scene" in value:
        picture = pictures[value["scene"]]
        image = {"image": picture.pk, "alt_text": picture.title, "decorative": False}
        value = {**value, "image": image}
        del value["scene"]
    return {"type": kind, "value": value}


def _draw_pictures() -> dict[str, Any]:
    Collection.objects.filter(name=COLLECTION).delete()
    Image.objects.filter(title__in=SCENES.values()).delete()
    collection = Collection.get_first_root_node().add_child(name=COLLECTION)
    return {kind: _draw_picture(kind, title, collection) for kind, title in SCENES.items()}


def _draw_picture(kind: str, title: str, collection: Collection) -> Any:
    buffer = BytesIO()
    draw_scene(kind, SCENE_SIZE, SCENE_SEED).convert("RGB").save(buffer, "JPEG", quality=88)
    buffer.seek(0)
    file = ImageFile(buffer, name=f"{kind}.jpg")
    return Image.objects.create(title=title, file=file, collection=collection)
