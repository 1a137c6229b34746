"""A shop with four purposes, a clock to be set, and a page that shows what is permitted."""

from datetime import timedelta

import pytest
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import include, path
from django.utils import timezone

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.purposes import LawfulBasis, PurposeDeclaration
from ethical_personalization.models import Purpose
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.shopper.answers import proposed_purposes
from ethical_personalization.testing import published_segment, registered

from .people import PURPOSES
from .world import World

_PLACES = "".join(
    f'{{% personalized "probe-{key}" %}}{key} {{% default %}}{{% endpersonalized %}}'
    for key in PURPOSES
)
_LOADED = "{% load ethical_personalization %}"
_TEN_YEARS = 10 * 365 * 86_400


def probe(request):
    """A place for each purpose, and what the shop thinks beside them."""
    shopper = request.shopper
    shown = Template(_LOADED + _PLACES).render(Context({"request": request}))
    proposed = proposed_purposes(shopper)
    return JsonResponse(
        {
            "shown": shown.split(),
            "permitted": sorted(shopper.permitted),
            "proposed": [
                key for key in proposed if not shopper.consent.is_withheld(key, now=shopper.now)
            ],
        }
    )


def banner(request):
    page = Template(_LOADED + "{% consent_banner %}")
    return HttpResponse(page.render(Context({"request": request})))


urlpatterns = [path("probe/", probe), path("banner/", banner), path("", include("boutique.urls"))]


class Clock:
    now = None

    def __call__(self):
        return self.now


@pytest.fixture
def four_purposes(db):
    """A shop with two of its own, and with a place and a segment for each."""
    own = [_purpose(key) for key in ("care", "service")]
    places = [Placement(key=f"probe-{key}", title=key) for key in PURPOSES]
    with registered(*own, *map(_fact, PURPOSES), *places):
        create_declared(own)
        Purpose.objects.exclude(key__in=PURPOSES).update(is_offered=False)
        for key in PURPOSES:
            condition = (f"probe.{key}", "any_of", ["known"])
            published_segment(key, [condition], placements=[f"probe-{key}"])
        yield


@pytest.fixture
def clock(monkeypatch, four_purposes, settings):
    """What the shop takes for the time, before a shop in which nobody's session ends."""
    settings.SESSION_COOKIE_AGE = _TEN_YEARS
    settings.ROOT_URLCONF = __name__
    made = Clock()
    monkeypatch.setattr(timezone, "now", made)
    return made


@pytest.fixture
def world(clock):
    """Three devices in that shop."""
    return World(clock)


def _purpose(key):
    said = PURPOSES[key]
    return PurposeDeclaration(
        key=key,
        title=key.title(),
        benefit="It fits.",
        data="What you tell us.",
        data_categories=("Preference",),
        sources=("shopper",),
        retention=timedelta(days=said["days"]),
        basis=LawfulBasis.CONSENT if said["asks"] else LawfulBasis.LEGITIMATE_INTEREST,
        is_profiling=said["profiles"],
    )


def _fact(key):
    return Fact(
        key=f"probe.{key}",
        label=key,
        kind=FactKind.SET,
        purpose=key,
        data_category="Preference",
        source="From the test.",
        reader=lambda source: frozenset({"known"}),
        sentence=lambda evidence, values: values,
        change_at="choices",
    )
