"""Every article and every scene can be drawn, and looks like something."""

from io import BytesIO

import pytest
from boutique.demo.assortment import articles
from boutique.demo.drawings import draw_article, draw_scene

ONE_OF_EACH_CUT = list({article.look.cut: article.look for article in articles(1)}.values())


@pytest.mark.parametrize("look", ONE_OF_EACH_CUT, ids=lambda look: look.cut)
def test_every_cut_has_its_drawing(look):
    picture = draw_article(look)
    assert picture.size == (800, 1000)
    assert len(picture.getcolors(maxcolors=1_000_000)) > 1000


def test_an_article_is_drawn_alike_each_time():
    look = ONE_OF_EACH_CUT[0]
    assert draw_article(look).tobytes() == draw_article(look).tobytes()


@pytest.mark.parametrize("kind", ["home", "linen", "gifts", "winter"])
@pytest.mark.parametrize("size", [(640, 480), (480, 640)])
def test_every_scene_fills_any_size(kind, size):
    scene = draw_scene(kind, size, seed=1)
    assert scene.size == size
    assert scene.getpixel((0, 0)) != (0, 0, 0)
    assert scene.getpixel((size[0] - 1, size[1] - 1)) != (0, 0, 0)


def test_pictures_are_small_files():
    stream = BytesIO()
    draw_article(ONE_OF_EACH_CUT[0]).save(stream, "JPEG", quality=88)
    assert len(stream.getvalue()) < 200_000
