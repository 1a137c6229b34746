"""Segments, page variants and a personalised block: what an editor would make in the admin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from oscar.core.loading import get_model
from wagtail.models import Page, Site
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment

from boutique.models import HomePage, LandingPage
from ethical_personalization.editor.definitions import write_definition
from ethical_personalization.models import (
    Controller,
    FactRule,
    PreferenceQuestion,
    SegmentPolicy,
)

#: fact, operator, value
Rule = tuple[str, str, Any]


@dataclass(frozen=True, kw_only=True)
class SegmentStory:
    """One segment in the words of the editor."""

    name: str
    benefit: str
    rules: tuple[Rule, ...]
    priority: int = 100
    placements: tuple[str, ...] = ()


def load_personalization(tell: Callable[[str], object]) -> None:
    """Publish the segments and the versions for them; the pages must be there."""
    _say_who_is_responsible()
    tell("Publishing segments and versions")
    PreferenceQuestion.objects.filter(key="sizes").update(weight=1)
    PreferenceQuestion.objects.filter(key="categories").update(weight=3)
    segments = {story.name: _publish(story) for story in _stories()}
    home, linen = HomePage.objects.get(), LandingPage.objects.get(slug="linen")
    _vary(
        home,
        segments["Likes a romantic style"],
        eyebrow="For a softer line",
        opening=(
            "Ruffles, florals and soft collars, from the same workshops that sew our shirts. "
            "Made to be worn on ordinary days too."
        ),
    )
    _vary(
        home,
        segments["Has bought dresses"],
        eyebrow="Good to see you again",
        opening=(
            "A cardigan, a belt or a scarf changes what a dress can do. "
            "We put what goes well with yours a little further up."
        ),
    )
    _vary(
        linen,
        segments["Likes a minimal or classic style"],
        eyebrow="Linen, plainly",
        opening="Straight cuts, quiet colours and nothing that a season could date.",
    )
    _add_block(linen, segments["Has ordered three times or more"])


def clear_personalization() -> None:
    """Delete variants before their pages, and segments after both."""
    variants = PersonalisablePageMetadata.objects.exclude(canonical_page_id=F("variant_id"))
    for pk in list(variants.values_list("variant_id", flat=True)):
        Page.objects.get(pk=pk).delete()
    PersonalisablePageMetadata.objects.all().delete()
    Segment.objects.all().delete()


def _stories() -> tuple[SegmentStory, ...]:
    dresses = str(get_model("catalogue", "Category").objects.get(name="Dresses").pk)
    return (
        SegmentStory(
            name="Likes a romantic style",
            benefit="You see the pieces in your style first.",
            rules=(("stated.styles", "any_of", ["Romantic"]),),
            priority=10,
        ),
        SegmentStory(
            name="Has bought dresses",
            benefit="You get ideas that go with the dresses you already have.",
            rules=(("orders.categories", "any_of", [dresses]),),
            priority=20,
        ),
        SegmentStory(
            name="Likes a minimal or classic style",
            benefit="You find the plain cuts without searching.",
            rules=(("stated.styles", "any_of", ["Minimal", "Classic"]),),
            priority=30,
        ),
        SegmentStory(
            name="Has ordered three times or more",
            benefit="A word of thanks, and how to have old favourites mended.",
            rules=(("orders.count", "at_least", "3"),),
            priority=40,
            placements=("home-welcome",),
        ),
    )


def _say_who_is_responsible() -> None:
    for site in Site.objects.all():
        Controller.objects.update_or_create(
            site=site,
            defaults={
                "name": "Atelier Nord SARL",
                "address": "12 rue de l'Exemple, 75011 Paris, France",
                "email": "data@ateliernord.example",
                "authority": "CNIL, cnil.fr",
                "jurisdiction": "FR",
                "storage": "In France; nothing leaves the European Economic Area.",
            },
        )


def _publish(story: SegmentStory) -> Segment:
    policy = SegmentPolicy(
        name=story.name,
        shopper_benefit=story.benefit,
        priority=story.priority,
        placements=list(story.placements),
        definition=write_definition(_rules(story), match_any=False),
        live=False,
    )
    policy.save()
    policy.save_revision().publish()
    segment: Segment = Segment.objects.get(pk=policy.segment_id)
    return segment


def _rules(story: SegmentStory) -> list[FactRule]:
    return [
        FactRule(fact=fact, operator=operator, value=value) for fact, operator, value in story.rules
    ]


def _vary(page: Page, segment: Segment, **words: str) -> None:
    PersonalisablePageMetadata.objects.get_or_create(
        canonical_page=page.page_ptr, variant=page.page_ptr
    )
    metadata = PersonalisablePageMetadata.objects.get(variant=page.page_ptr)
    variant = metadata.copy_for_segment(segment).specific
    for name, value in words.items():
        setattr(variant, name, value)
    variant.save_revision().publish()


def _add_block(page: Any, segment: Segment) -> None:
    page.body.append(
        (
            "personalized",
            {
                "default": "<p>Linen that has grown thin can be patched. Ask us how.</p>",
                "versions": [
                    {
                        "segment": segment,
                        "content": (
                            "<p>You have shopped here more than once, so something of ours may "
                            "need a stitch by now. Bring it in: mending is free.</p>"
                        ),
                    }
                ],
            },
        )
    )
    page.save_revision().publish()
