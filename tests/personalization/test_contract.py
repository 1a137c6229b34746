"""Every placement of the sandbox shop keeps the contract that we ship for adopters."""

from unittest.mock import patch

from boutique.models import HomePage, LandingPage
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import TestCase, override_settings
from django.urls import include, path
from oscar.core.loading import get_model
from wagtail import blocks
from wagtail.models import Page, Site
from wagtail_personalisation.blocks import PersonalisedStructBlock
from wagtail_personalisation.models import PersonalisablePageMetadata

from ethical_personalization.models import PreferenceQuestion, QuestionSource
from ethical_personalization.testing import Place, PlacementContract

OPENING = "Only for whom it is meant"


class Boutique(PlacementContract):
    """The sandbox shop: a placement, versions of pages, blocks of a page, lists of products."""

    @classmethod
    def setUpTestData(cls):
        site = Site.objects.get(is_default_site=True)
        home = HomePage(title="Home", slug="start", opening="For everybody")
        cls.home = Page.get_first_root_node().add_child(instance=home)
        site.root_page, site.hostname = home, "testserver"
        site.save()
        landing = LandingPage(title="Linen", slug="linen", body=[personalized()])
        cls.landing = home.add_child(instance=landing)
        cls.products = [sell("Pullover", "wool"), sell("Shirt", "linen"), sell("Coat", "wool")]
        PreferenceQuestion.objects.create(
            key="fabric",
            title="Which fabrics do you like?",
            source=QuestionSource.ATTRIBUTE,
            attribute_code="fabric",
        )

    def also_shown(self):
        return [
            Place(name="page", address="/linen/", arrange=self.give_version),
            Place(name="block", address="/linen/", arrange=self.fill_block),
            Place(name="list", address="/", answers={"fabric": ["wool"]}),
        ]

    def give_version(self, segment):
        page = self.landing
        PersonalisablePageMetadata.objects.create(canonical_page=page, variant=page)
        named = {"slug": "linen-version", "opening": OPENING}
        version = page.copy(update_attrs=named, copy_revisions=False, keep_live=True)
        PersonalisablePageMetadata.objects.filter(variant=version).delete()
        PersonalisablePageMetadata.objects.create(
            canonical_page=page, variant=version, segment=segment
        )

    def fill_block(self, segment):
        page = LandingPage.objects.get(pk=self.landing.pk)
        page.body = [personalized({"segment": segment.pk, "content": f"<p>{OPENING}</p>"})]
        page.save()


def personalized(*versions):
    content = {"default": "<p>For everybody</p>", "versions": list(versions)}
    block_id = "8d7a2f6e-1d0b-4f0e-9a51-6c2f9f7f0c11"
    return {"type": "personalized", "value": content, "id": block_id}


def sell(title, fabric):
    kind, _ = get_model("catalogue", "ProductClass").objects.get_or_create(name="Garment")
    group, _ = get_model("catalogue", "AttributeOptionGroup").objects.get_or_create(name="fabric")
    attribute, _ = kind.attributes.get_or_create(
        code="fabric", defaults={"name": "Fabric", "type": "option", "option_group": group}
    )
    chosen, _ = group.options.get_or_create(option=fabric)
    product = kind.products.create(title=title, slug=title.lower())
    product.attribute_values.create(attribute=attribute, value_option=chosen)
    partner, _ = get_model("partner", "Partner").objects.get_or_create(name="Demo partner")
    product.stockrecords.create(
        partner=partner, partner_sku=title, price=10, price_currency="EUR", num_in_stock=5
    )
    return product


class TestBoutique(Boutique, TestCase):
    pass


@override_settings(ETHICAL_PERSONALIZATION_CACHE_MODE="fragment")
class TestBoutiqueOfFragments(Boutique, TestCase):
    def also_shown(self):
        return super().also_shown()[:1]


class Teaser(PersonalisedStructBlock):
    text = blocks.CharBlock()


LOAD = "{% load ethical_personalization wagtailcore_tags wagtail_personalisation_tags %}"
PAGES = {
    "": '{% personalized "home-welcome" %}<b>Yours</b>{% why decision %}{% endpersonalized %}',
    "tag/": '{% segment name="Contract" %}<b>Yours</b>{% endsegment %}',
    "block/": "{% include_block teaser %}",
}
VALUES = {"teaser": Teaser().to_python({"segment": None, "text": "Yours"})}


def shows(template):
    def view(request):
        context = RequestContext(request, VALUES)
        return HttpResponse(Template(f"{LOAD}<main>{template}</main>").render(context))

    return view


urlpatterns = [
    *(path(route, shows(template)) for route, template in PAGES.items()),
    path("", include("boutique.urls")),
]


@override_settings(ROOT_URLCONF=__name__)
class TestHostsOwn(PlacementContract, TestCase):
    """The tag and the block of wagtail-personalisation, beside a registered placement."""

    def also_shown(self):
        return [
            Place(name="tag", address="/tag/"),
            Place(name="block", address="/block/", arrange=self.fill),
        ]

    def fill(self, segment):
        teaser = Teaser().to_python({"segment": str(segment.pk), "text": "Yours"})
        self.enterContext(patch.dict(VALUES, teaser=teaser))
