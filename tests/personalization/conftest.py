"""A tiny shop with pages, segments and a shopper who allowed something."""

from datetime import timedelta

import pytest
from boutique.models import HomePage, LandingPage
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.signing import Signer
from django.test import RequestFactory
from django.utils import timezone
from oscar.core.loading import get_model
from wagtail.models import Page, Site
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment

from ethical_personalization.models import (
    ConsentMethod,
    FactRule,
    PreferenceQuestion,
    SegmentPolicy,
    Subject,
)
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.profile import save_stated
from tests.preferences.visitor import Visitor


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def home(site):
    """The home page of a site of its own making."""
    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="Home", slug="start", opening="For everybody"))
    site.root_page = page
    site.hostname = "testserver"
    site.save()
    return page


@pytest.fixture
def landing(home):
    return home.add_child(
        instance=LandingPage(title="Linen", slug="linen", opening="For everybody")
    )


@pytest.fixture
def segment(db):
    """A published segment of the given rules: (fact, operator, value[, negated[, group]])."""

    def make(name="Segment", *rules, match_any=False, priority=100, benefit="", placements=()):
        made = Segment.objects.create(name=name, match_any=match_any)
        policy = {"priority": priority, "shopper_benefit": benefit, "placements": list(placements)}
        SegmentPolicy.objects.create(segment=made, name=name, **policy)
        for rule in rules:
            named = zip(("fact", "operator", "value", "negated", "group"), rule, strict=False)
            FactRule.objects.create(segment=made, **dict(named))
        return made

    return make


@pytest.fixture
def romantic(segment):
    return segment("Romantic", ("stated.styles", "any_of", ["romantic"]), benefit="Nice things")


@pytest.fixture
def variant():
    """A live variant of a page for a segment."""

    def make(page, segment, opening="For you", live=True):
        PersonalisablePageMetadata.objects.get_or_create(canonical_page=page, variant=page)
        copy = page.copy(
            update_attrs={
                "slug": f"{page.slug}-{segment.pk}",
                "title": f"{page.title} ({segment.name})",
                "opening": opening,
                "live": live,
            },
            copy_revisions=False,
            keep_live=live,
        )
        PersonalisablePageMetadata.objects.filter(variant=copy).delete()
        PersonalisablePageMetadata.objects.create(
            canonical_page=page, variant=copy, segment=segment
        )
        return copy

    return make


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("demo", "demo@example.com", "demo-pass-1")


@pytest.fixture
def allow(site):
    """Let a test client's shopper allow purposes and answer questions."""

    def make(client, *purposes, user=None, **answers):
        subject = Subject.objects.create(user=user)
        occasion = Occasion(
            site=site,
            language="en",
            method=ConsentMethod.BANNER,
            words={"heading": "May we?"},
            now=timezone.now(),
        )
        record_answers(subject, dict.fromkeys(purposes, True), occasion)
        if answers:
            save_stated(subject.pk, answers, now=occasion.now)
        if user is None:
            salt = "ethical_personalization.choices"
            client.cookies["ep_choices"] = Signer(salt=salt).sign(f"s.{subject.pk.hex}")
        else:
            client.force_login(user)
        return subject

    return make


@pytest.fixture
def ruffled(home, romantic, variant, client, allow):
    """A shopper, and what she sees at home; the segment and the variant."""
    copy = variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    return romantic, copy


@pytest.fixture
def request_of(client, site):
    """A request with the cookies of the client."""

    def make(path="/", user=None):
        request = RequestFactory().get(path, headers={"host": "testserver"})
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        if user is not None:
            request.user, request.session = user, SessionStore("demo")
        return request

    return make


@pytest.fixture
def catalogue(db):
    """A maker of products with attributes, in a category, in stock or not."""
    category_model = get_model("catalogue", "Category")
    product_class, _created = get_model("catalogue", "ProductClass").objects.get_or_create(
        name="Garment", defaults={"track_stock": True}
    )
    partner = get_model("partner", "Partner").objects.create(name="Demo partner")
    serial = iter(range(1000))

    def option(code, value):
        group, _ = get_model("catalogue", "AttributeOptionGroup").objects.get_or_create(name=code)
        attribute, _ = get_model("catalogue", "ProductAttribute").objects.get_or_create(
            product_class=product_class,
            code=code,
            defaults={"name": code, "type": "option", "option_group": group},
        )
        chosen, _ = group.options.get_or_create(option=value)
        return attribute, chosen

    def category(name, parent=None):
        found = category_model.objects.filter(name=name).first()
        if found is not None:
            return found
        return parent.add_child(name=name) if parent else category_model.add_root(name=name)

    def product(title="Dress", *, stock=5, parent=None, categories=(), **attributes):
        structure = "child" if parent else "standalone"
        made = get_model("catalogue", "Product").objects.create(
            title=title,
            slug=f"product-{next(serial)}",
            structure=structure,
            parent=parent,
            product_class=None if parent else product_class,
        )
        for code, value in attributes.items():
            attribute, chosen = option(code, value)
            made.attribute_values.create(attribute=attribute, value_option=chosen)
        for found in categories:
            made.categories.add(found)
        if stock is not None:
            made.stockrecords.create(
                partner=partner,
                partner_sku=made.slug,
                price=10,
                price_currency="EUR",
                num_in_stock=stock,
            )
        return made

    product.category = category
    return product


@pytest.fixture
def order(user):
    """An order of the user with one line."""
    serial = iter(range(1000))

    def make(product, *, quantity=1, days_ago=1, on=None):
        placed = get_model("order", "Order").objects.create(
            number=f"demo-{next(serial)}",
            user=on or user,
            currency="EUR",
            total_incl_tax=10,
            total_excl_tax=10,
            date_placed=timezone.now() - timedelta(days=days_ago),
        )
        placed.lines.create(
            partner=product.stockrecords.get().partner,
            stockrecord=product.stockrecords.get(),
            product=product,
            title=product.title,
            quantity=quantity,
            num_allocated=0,
            line_price_incl_tax=10,
            line_price_excl_tax=10,
            line_price_before_discounts_incl_tax=10,
            line_price_before_discounts_excl_tax=10,
        )
        return placed

    return make


@pytest.fixture
def question(db):
    """A question with answers of its own, and only that one."""
    PreferenceQuestion.objects.all().delete()
    return PreferenceQuestion.objects.create(
        key="fabric", title="Which fabrics do you like?", options="linen\nwool\nsilk"
    )


@pytest.fixture
def visitor(db):
    """Nobody we know, in a browser that vouches for its forms."""
    return Visitor()
