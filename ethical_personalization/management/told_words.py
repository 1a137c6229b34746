"""All the words that shoppers can be told about what is shown to them, for who checks them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import gettext

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf
from ethical_personalization.core.decisions import Decision, Option
from ethical_personalization.core.explanations import Explanation
from ethical_personalization.core.ranking import Contribution, ItemReason, RankedItem
from ethical_personalization.core.registry import facts, purposes
from ethical_personalization.core.traces import Standing, Without
from ethical_personalization.facts.browsing import visit_fact
from ethical_personalization.facts.chance import chance_fact
from ethical_personalization.models.feedback import ON_DECISION
from ethical_personalization.preferences.control_form import CONTROLS
from ethical_personalization.preferences.fact_use import BUTTONS
from ethical_personalization.shopper.taken_off import Loss
from ethical_personalization.transparency.controls import Offered
from ethical_personalization.transparency.feedback import FeedbackForm
from ethical_personalization.transparency.losses import loss_after, loss_before
from ethical_personalization.transparency.more import More, PassedOverLine
from ethical_personalization.transparency.saved import MESSAGES
from ethical_personalization.transparency.widget import GroundLine
from ethical_personalization.wording import (
    allowed_in_words,
    as_of_in_words,
    item_share_in_words,
    list_remaining_in_words,
    remaining_in_words,
    standing_in_words,
    unused_in_words,
    what_was_decided,
    without_in_words,
)

from .told_reasons import labels_of, sentences_on, supposition_on

#: Stands for a name of the shop's own, such as a product's or a purpose's.
NAME = "…"
_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
_OPTION = Option(key="", audience=Audience(key=0, name="", condition=AllOf(())))
_ITEM = RankedItem(key=0, contributions=())
_AT_ITEM = {"alike": True, "last": True}


@dataclass(frozen=True, kw_only=True)
class Told:
    """Words of one kind, in the active language; ``about`` says of what."""

    about: str
    words: tuple[str, ...]


def all_told() -> Iterator[Told]:
    """Everything, in the order of a reason: the facts, the sentences about them, the buttons."""
    for fact in (*facts.all().values(), visit_fact(0, NAME), chance_fact(0, NAME)):
        words = (*sentences_on(fact), supposition_on(fact), *labels_of(fact), str(fact.source))
        yield Told(about=f"{fact.key}: {fact.label}", words=tuple(filter(None, words)))
    for key, purpose in purposes.declared().items():
        words = (str(purpose.title), str(purpose.benefit), str(purpose.data))
        yield Told(about=gettext("Purpose: %(key)s") % {"key": key}, words=words)
    yield Told(about=gettext("About a decision"), words=tuple(_of_decisions()))
    yield Told(about=gettext("The widget"), words=tuple(_of_widgets()))
    yield Told(about=gettext("Controls"), words=tuple(_of_controls()))
    yield Told(about=gettext("After a click"), words=tuple(map(str, MESSAGES.values())))


def _of_decisions() -> Iterator[str]:
    for decision in (Decision(placement=""), Decision(placement="", items=(_ITEM,))):
        yield what_was_decided(Explanation(decision=decision, grounds=(), benefit=""))
    yield allowed_in_words(NAME, _DAY)
    yield as_of_in_words(_DAY)
    yield remaining_in_words(())
    yield remaining_in_words((NAME,))
    yield list_remaining_in_words(None, 1)
    yield from (list_remaining_in_words(1, among) for among in (1, 2))
    yield from map(standing_in_words, Standing)
    yield unused_in_words()
    nothing = Without(fact="")
    for left in (nothing, replace(nothing, option=_OPTION), replace(nothing, same_kind=True)):
        yield without_in_words(left, NAME)
    for points, score, among in ((1, 1, 1), (1, 2, 2), (0.5, 1.5, 2)):
        part = Contribution(fact="", points=points, shared=())
        yield item_share_in_words(ItemReason(contribution=part, score=score, place=1, among=among))


def _of_controls() -> Iterator[str]:
    yield from dict.fromkeys(str(control.label) for control in CONTROLS.values())
    yield from map(str, BUTTONS.values())
    for loss in (Loss.DEVICE, Loss.ACCOUNT):
        yield from (loss_before(loss), loss_after(loss))


def _of_widgets() -> Iterator[str]:
    """The texts of the templates, each once: rendered with everything that they can show."""
    widgets: tuple[tuple[str, dict[str, Any]], ...] = (
        ("why.html", {"preview_of": NAME}),
        ("why.html", {"is_held_back": True}),
        *(("why.html", _everything(left_out)) for left_out in (1, 2)),
        ("why.html", {"more": More(is_whole=True)}),
        ("why_item.html", {"title": NAME, "others": [NAME], "on_the_spot": _AT_ITEM}),
    )
    told: dict[str, None] = {}
    frame = render_to_string("ethical_personalization/why_frame.html", {"has_normal": True})
    for name, values in widgets:
        html = render_to_string(f"ethical_personalization/{name}", {**values, "frame": frame})
        told.update(dict.fromkeys(_texts(html)))
    yield from told


def _texts(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html.replace("<template", "<div"), "html.parser")
    for text in soup.stripped_strings:
        yield " ".join(text.split())
    for tag in soup.select("*"):
        for name, value in tag.attrs.items():
            if name == "aria-label" or (name.startswith("data-") and " " in value):
                yield value


def _everything(left_out: int) -> dict[str, Any]:
    remaining = gettext("You would still see this, for another reason.")
    ground = GroundLine(
        key="", label=NAME, sentences=(), value="", source="", change_url="", remaining=""
    )
    version = PassedOverLine(asks_for=NAME, standing="", purposes=NAME, shown_if="")
    mute = gettext("Mute “%(name)s”") % {"name": NAME}
    off = gettext("Off for good: %(purposes)s") % {"purposes": NAME}
    return {
        "reason": NAME,
        "grounds": [ground],
        "benefits": [NAME],
        "on_the_spot": {
            "mutes": [Offered(control="", value="", label=mute, remaining=remaining)],
            "off": Offered(control="", value="", label=off),
        },
        "more": More(
            others=(NAME,),
            others_cut=True,
            passed_over=(version, replace(version, asks_for="")),
            left_out=left_out,
            whole_url="#",
        ),
        "feedback": FeedbackForm(
            token="",
            next="",
            kinds=tuple((kind.value, kind.label) for kind in ON_DECISION),
        ),
    }
