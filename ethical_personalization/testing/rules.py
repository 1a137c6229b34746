"""The rules that every placement keeps; each function raises where one does not."""

import re
from collections.abc import Callable
from difflib import unified_diff

from django.apps import apps
from django.test import Client
from django.utils import timezone

from ethical_personalization.core.registry import facts
from ethical_personalization.shopper.profile import set_excluded

from .pages import SAME_ORIGIN, Control, ShopPage, normalised
from .places import Scene, refuse_everything
from .shoppers import nothing_kept

_OURS = ("ethical_personalization", "wagtail_personalisation")
#: What an answer to a form says that was followed.
_FOLLOWED = (200, 302, 303)

Rule = Callable[[Scene], None]


def nothing_without_permission(scene: Scene) -> None:
    """A visitor, and who refused, see what they saw before there was a version for a segment.

    So does who took her yes back; and nothing is kept of a visit.
    """
    newcomer = Client()
    with nothing_kept(newcomer):
        scene.seen_by(newcomer)
    for client, whom in ((scene.visitor, "a visitor"), (scene.refuser, "a visitor who refused")):
        seen, before = scene.seen_by(client), scene.before[client]
        _require(not seen.widgets, f"A reason stands on the page of {whom}.")
        _same(before.content, seen.content, f"The version for a segment changes what {whom} sees")
    _require_personal(scene)
    refuse_everything(scene.shopper)
    _same(
        scene.before[scene.refuser].content,
        scene.seen_by(scene.shopper).content,
        "It is still personal to a shopper who took her yes back",
    )


def no_query_where_nothing_is_allowed(scene: Scene) -> None:
    """For who allowed nothing, a version for a segment costs no query, and none asks of people."""
    tables = {
        model._meta.db_table for app in _OURS for model in apps.get_app_config(app).get_models()
    }
    for client in (scene.visitor, scene.refuser):
        asked = scene.queries_of(client)
        ours = [sql for sql in asked if tables & set(re.findall(r"\w+", sql))]
        more = len(asked) - len(scene.queries_before[client])
        _require(
            not ours and more <= 0,
            f"A visitor who allowed nothing costs {more} queries more than before, and asks what "
            f"is about people or segments: {' '.join(ours)[:300]}",
        )


def reasons_are_faithful(scene: Scene) -> None:
    """What is shown rests on the facts of its reasons alone, and the reasons quote them."""
    _require_personal(scene)
    hers = scene.hers
    _require(bool(hers.reasons and hers.facts), "The widget names no reason.")
    told = {key: facts.get(key) for key in hers.facts}
    for key, fact in told.items():
        said = fact.labels(tuple(scene.told[key])) if key in scene.told else ()
        _require(
            key in scene.told and any(label in hers.reasons for label in said),
            f"The reason names {key!r}, but not what she told there.",
        )
    with scene.undone():
        for key in facts.all():
            if key not in hers.facts:
                set_excluded(scene.subject.pk, key, excluded=True, now=timezone.now())
        _same(
            hers.content,
            scene.seen_by(scene.shopper).content,
            "It changes with facts that its reason does not name",
        )


def controls_are_effective(scene: Scene) -> None:
    """Each control has its effect on the next response, or said before that it would not."""
    controls = list(scene.hers.controls())
    _require(bool(controls), "There is no control beside it.")
    for control in controls:
        with scene.undone():
            answer = scene.shopper.post(control.action, control.data, headers=SAME_ORIGIN)
            _require(
                answer.status_code in _FOLLOWED,
                f"The control “{control}” is answered with {answer.status_code}.",
            )
            _require_effect(control, scene.hers, scene.seen_by(scene.shopper))


def normal_version_is_true(scene: Scene) -> None:
    """It is what a visitor without consent gets, but for the nonce, the CSRF token, the widget."""
    visitors = scene.seen_by(scene.refuser).content
    for part in scene.hers.normal_parts():
        _require(
            normalised(part) in visitors,
            "What is put beside her version is not on the page of a visitor without consent.",
        )
    for url in dict.fromkeys(scene.hers.normal_urls):
        if len(set(scene.hers.placements)) == 1:
            _same(
                scene.seen_by(scene.refuser, url).content,
                scene.seen_by(scene.shopper, url).content,
                "“Show me the normal version” shows something else than a visitor sees",
            )


RULES: tuple[Rule, ...] = (
    nothing_without_permission,
    no_query_where_nothing_is_allowed,
    reasons_are_faithful,
    controls_are_effective,
    normal_version_is_true,
)


def _require_effect(control: Control, before: ShopPage, after: ShopPage) -> None:
    left = [each for each in after.controls() if each.data == control.data]
    _require(not left, f"After “{control}” it is still offered, so it was not followed.")
    changed = before.content != after.content
    _require(
        changed or control.is_warned,
        f"“{control}” changes nothing on the next response, and did not say so.",
    )


def _require_personal(scene: Scene) -> None:
    _require(
        scene.hers.content != scene.before[scene.refuser].content,
        "There is a reason, but what is shown is the same as everybody sees.",
    )


def _same(expected: str, found: str, complaint: str) -> None:
    if expected == found:
        return
    lines = unified_diff(
        expected.replace("><", ">\n<").split("\n"),
        found.replace("><", ">\n<").split("\n"),
        lineterm="",
        n=0,
    )
    raise AssertionError("\n".join([f"{complaint}:", *list(lines)[2:12]]))


def _require(holds: bool, complaint: str) -> None:  # noqa: FBT001 - reads like an assertion
    if not holds:
        raise AssertionError(complaint)
