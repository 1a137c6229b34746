"""Editors at the desk, and segments to work on."""

import pytest
from boutique.models import HomePage
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from oscar.core.loading import get_model
from wagtail.models import Page, Site
from wagtail_personalisation.models import Segment

from ethical_personalization.core.registry import facts, placements
from ethical_personalization.models import (
    ConsentMethod,
    FactRule,
    PreferenceQuestion,
    SegmentPolicy,
    Subject,
)
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.testing import published_segment
from tests.editor.forms import fields_of, with_rules

DESK = "/admin/personalization"
NEW = f"{DESK}/segments/add/"
STYLES = ("stated.styles", "any_of", {"values": ["romantic"]})
MANY_ORDERS = ("orders.count", "at_least", {"number": "3"})
EVENING = ("context.time", "between", {"start": "18:00", "end": "23:00"})


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("chief", "chief@example.com", "pass-word-1")


@pytest.fixture
def desk(client, superuser, styles):
    """A client at which somebody with every permission is logged in."""
    client.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def styles(db):
    """The question about styles, with answers written in the admin."""
    question = PreferenceQuestion.objects.get(key="styles")
    question.source, question.options = "options", "romantic\nclassic"
    question.save()
    return question


@pytest.fixture
def editor(db):
    """A member of a group that may enter the admin and has the given permissions of our app."""

    def make(*codenames):
        group = Group.objects.create(name="Desk")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        ours = Permission.objects.filter(content_type__app_label="ethical_personalization")
        group.permissions.add(*ours.filter(codename__in=codenames))
        user = get_user_model().objects.create_user("ed", "ed@example.com", "pass-word-1")
        user.groups.add(group)
        return user

    return make


@pytest.fixture(scope="session")
def _blank_pages():
    return {}


@pytest.fixture
def blank_page(desk, superuser, styles, _blank_pages):
    """The page for a new segment and what its form holds, which nobody may change.

    They are the same for the same people, facts and placements, so they are asked for once.
    """

    def ask():
        key = superuser.pk, styles.pk, facts.edition, placements.edition
        if key not in _blank_pages:
            page = desk.get(NEW)
            _blank_pages[key] = page, fields_of(page)
        return _blank_pages[key]

    return ask


@pytest.fixture
def save(desk, blank_page):
    """Fill in the form for a segment and send it; ``action`` is a button, None saves a draft."""

    def make(*rules, policy=None, action="publish", **fields):
        url = f"{DESK}/segments/edit/{policy.pk}/" if policy else NEW
        shown = fields_of(desk.get(url)) if policy else blank_page()[1]
        sent = with_rules(shown, *rules) | fields
        if action:
            sent[f"action-{action}"] = action
        return desk.post(url, sent)

    return make


@pytest.fixture
def policy(styles):
    """A published segment of shoppers who like the romantic style."""
    liking = ("stated.styles", "any_of", ["romantic"])
    published_segment("Romantic", [liking], benefit="Nice things.")
    return SegmentPolicy.objects.get()


@pytest.fixture
def host_segment(db):
    """A segment as wagtail-personalisation left it, without a policy."""
    segment = Segment.objects.create(name="From before")
    FactRule.objects.create(
        segment=segment, fact="stated.styles", operator="any_of", value=["romantic"]
    )
    return segment


@pytest.fixture
def home(db):
    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="Home", slug="start"))
    Site.objects.filter(is_default_site=True).update(root_page=page)
    return page


@pytest.fixture
def allow(db):
    """Let that many new shoppers allow the purposes."""

    def make(number, *purposes):
        occasion = Occasion(
            site=Site.objects.get(is_default_site=True),
            language="en",
            method=ConsentMethod.BANNER,
            words={"heading": "May we?"},
            now=timezone.now(),
        )
        for _count in range(number):
            record_answers(Subject.objects.create(), dict.fromkeys(purposes, True), occasion)

    return make


@pytest.fixture
def size_attribute(db):
    """A product attribute with a list of values."""
    group = get_model("catalogue", "AttributeOptionGroup").objects.create(name="Fits")
    group.options.create(option="Slim")
    product_class = get_model("catalogue", "ProductClass").objects.create(name="Trousers")
    return product_class.attributes.create(
        name="Fit", code="fit", type="option", option_group=group
    )
