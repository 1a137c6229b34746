"""For each rule of the contract a placement that breaks it, and is caught."""

import re

import pytest
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from wagtail_personalisation.models import Segment

from ethical_personalization.core.placements import Placement
from ethical_personalization.core.registry import placements
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.testing import rules
from ethical_personalization.testing.places import OTHER, registered_place

pytestmark = pytest.mark.django_db
WINDOW = Placement(key="window", title="Shop window")
LOAD = "{% load ethical_personalization %}"
GOOD = """{% personalized "window" %}<b>Yours</b>{% why decision %}{% default %}<b>All</b>
{% endpersonalized %}"""


def rendered(request, template=GOOD, **values):
    return Template(LOAD + template).render(RequestContext(request, values))


def good(request):
    return rendered(request)


def remembers_a_visit(request):
    request.session["seen"] = "window"
    return rendered(request)


def tells_everybody_of_segments(request):
    named = "".join(segment.name for segment in Segment.objects.all())
    return rendered(request) + named


def goes_on_after_a_no(request):
    page = rendered(request)
    goes_on_after_a_no.kept = page if "Yours" in page else goes_on_after_a_no.kept
    is_known = any(name.startswith("ep_") for name in request.COOKIES)
    has_refused = not shopper_for(request).subject
    return page if has_refused or not is_known else goes_on_after_a_no.kept


goes_on_after_a_no.kept = ""


def counts_segments_for_everybody(request):
    return rendered(request, GOOD + "<!-- {{ some }} -->", some=bool(Segment.objects.count()))


def shows_more_than_its_reason_rests_on(request):
    other = shopper_for(request).facts.read(f"stated.{OTHER}").value
    return rendered(request, GOOD.replace("Yours", "Yours {{ other|join:' ' }}"), other=other or ())


def tells_a_reason_of_its_own(request):
    page = rendered(request)
    told = '<p class="ep-why__reason">Because you are special.</p>'
    return re.sub(r'<p class="ep-why__reason">.*?</p>', told, page)


def says_why_beside_what_everybody_sees(request):
    return rendered(request, GOOD.replace("Yours", "All"))


def keeps_its_page_for_a_while(request):
    known = keeps_its_page_for_a_while.kept
    key = tuple(value for name, value in request.COOKIES.items() if name.startswith("ep_"))
    if key not in known or "Yours" not in known[key]:
        known[key] = rendered(request)
    return known[key]


keeps_its_page_for_a_while.kept = {}


def has_another_default_for_who_is_known(request):
    known = bool(shopper_for(request).permitted)
    other = "{% if known %}Again{% else %}All{% endif %}"
    return rendered(request, GOOD.replace("All", other), known=known)


def says_nothing_of_its_reason(request):
    return rendered(request, GOOD.replace("{% why decision %}", ""))


def page(request):
    return HttpResponse(f"<main>{page.made(request)}</main>")


urlpatterns = [path("", page), path("", include("boutique.urls"))]


@pytest.fixture
def scene_of(settings):
    """The scene of the placement as ``made`` shows it."""
    settings.ROOT_URLCONF = __name__

    def scene(made):
        page.made = made
        return registered_place("window", ["/"])

    with placements.temporarily(WINDOW):
        yield scene


def test_good_placement_keeps_every_rule(scene_of):
    with scene_of(good) as scene:
        for rule in rules.RULES:
            with scene.undone():
                rule(scene)


@pytest.mark.parametrize(
    ("made", "rule", "complaint"),
    [
        (remembers_a_visit, rules.nothing_without_permission, "Kept without consent"),
        (tells_everybody_of_segments, rules.nothing_without_permission, "changes what a visitor"),
        (goes_on_after_a_no, rules.nothing_without_permission, "took her yes back"),
        (counts_segments_for_everybody, rules.no_query_where_nothing_is_allowed, "wagtail_person"),
        (shows_more_than_its_reason_rests_on, rules.reasons_are_faithful, "does not name"),
        (tells_a_reason_of_its_own, rules.reasons_are_faithful, "not what she told"),
        (says_why_beside_what_everybody_sees, rules.reasons_are_faithful, "same as everybody"),
        (keeps_its_page_for_a_while, rules.controls_are_effective, "was not followed"),
        (has_another_default_for_who_is_known, rules.normal_version_is_true, "Again"),
    ],
)
def test_broken_placement_is_caught(scene_of, made, rule, complaint):
    with scene_of(made) as scene, pytest.raises(AssertionError, match=complaint):
        rule(scene)


def test_placement_without_its_reason_is_caught(scene_of):
    complaint = "'window' is registered, but no page"
    with pytest.raises(AssertionError, match=complaint), scene_of(says_nothing_of_its_reason):
        pass
