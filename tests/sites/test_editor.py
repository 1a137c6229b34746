# ruff: noqa: F811
"""An editor names the sites of a purpose, after reading what that does there."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.editor.catalogue import FactCatalogue
from ethical_personalization.editor.definitions import Described
from ethical_personalization.editor.review import review
from ethical_personalization.models import FactRule, Purpose
from tests.editor.conftest import allow, desk, styles, superuser  # noqa: F401
from tests.editor.forms import errors_of, text_of
from tests.editor.test_purposes_and_questions import change, confirm, purpose  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_desk(desk):
    desk.defaults["HTTP_HOST"] = "nord.example"


def sites_now():
    found = Purpose.objects.get(key="stated")
    return found.is_on_every_site, {row.site for row in found.on_sites.all()}


def test_shop_with_one_site_is_asked_for_none(desk, purpose, nord):
    url = f"/admin/personalization/purposes/edit/{purpose.pk}/"
    assert "On every site" not in text_of(desk.get(url))
    assert confirm(desk, purpose, change(desk, purpose, title="Tastes")).status_code == 302
    assert sites_now() == (True, set())


def test_purpose_leaves_a_site_after_the_editor_has_read_whom_that_concerns(
    desk,
    purpose,
    allow,
    nord,
    sued,
):
    allow(2, "stated")
    wanted = {"everywhere": [], "sites": [str(sued.pk)]}
    response = change(desk, purpose, **wanted)
    assert "not offered any more on these sites" in errors_of(response)
    assert "Nord" in errors_of(response)
    assert "2 shoppers who allow it there" in errors_of(response)
    assert "wording" not in errors_of(response)
    assert sites_now() == (True, set())
    saved = confirm(desk, purpose, response)
    assert sites_now() == (False, {sued})
    assert "Süd" in text_of(desk.get(saved.url))
    assert "Sites Süd" in text_of(desk.get(saved.url + f"inspect/{purpose.pk}/"))
    stayed = Purpose.objects.get(pk=purpose.pk)
    assert stayed.offered_since_on(sued.pk) == stayed.offered_since


def test_purpose_comes_back_after_the_editor_has_read_who_is_asked(
    desk,
    purpose,
    nord,
    sued,
):
    purpose.offer_on([sued.pk], now=timezone.now())
    response = change(desk, purpose, everywhere="on")
    assert "From now on it is offered on these sites: Nord" in errors_of(response)
    saved = confirm(desk, purpose, response)
    assert sites_now() == (True, {nord, sued})
    assert "Where it is new, shoppers are asked." in text_of(desk.get(saved.url))


def test_purpose_without_any_site_is_not_saved(desk, purpose, nord, sued):
    response = change(desk, purpose, everywhere=[])
    assert "Tick at least one site, or every site." in errors_of(response)


def test_naming_every_site_concerns_only_later_ones(desk, purpose, nord, sued):
    keys = [str(site.pk) for site in Site.objects.all()]
    response = change(desk, purpose, everywhere=[], sites=keys)
    assert "concerns those created later" in errors_of(response)


def test_tick_for_one_site_does_not_stand_for_another(desk, purpose, nord, sued):
    response = change(desk, purpose, everywhere=[], sites=[str(sued.pk)])
    meant = {"everywhere": [], "sites": [str(nord.pk)]}
    page = BeautifulSoup(response.content, "html.parser")
    token = page.select_one("[name=confirmed]")["value"]
    response = change(desk, purpose, **meant, confirmed=token)
    assert "not offered any more" in errors_of(response)
    assert sites_now() == (True, set())


def test_segment_says_where_it_can_fit(styles, purpose, nord, sued):
    purpose.offer_on([nord.pk], now=timezone.now())
    rule = FactRule(fact="stated.styles", operator="any_of", value=["romantic"])
    described = Described(rules=(rule,), match_any=False)
    found = review(described, benefit="Nice things.", catalogue=FactCatalogue()).findings
    assert ["nord.example" in each.text or "Nord" in each.text for each in found] == [True]
