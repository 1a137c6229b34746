"""The page *How we personalise*: the editor's own words, and tables that nobody writes."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

#: The parts of what is told, in their order; the template ``how/<part>.html`` shows each.
PARTS = (
    ("purposes", _("What data is used for, for how long, and who gets it")),
    ("facts", _("What may be looked at")),
    ("parameters", _("What moves a product in a list")),
    ("rights", _("What shoppers can do")),
    ("changes", _("What has changed, and when")),
)
EVERYTHING = "everything"


class PartBlock(blocks.ChoiceBlock):
    """Which of the parts. Migrations don't list them: a new part is no change of a table."""

    choices: ClassVar = ((EVERYTHING, _("Everything")), *PARTS)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.blocks.ChoiceBlock", [], {"choices": []}


class HowWePersonaliseBlock(blocks.StructBlock):
    """One table, or all, made of what is registered and stored; it can't differ from it.

    To Wagtail's migrations it is a struct with a choice, so it leaves nothing of this package in a
    site's migrations.
    """

    part = PartBlock(default=EVERYTHING, label=_("Part"))

    class Meta:
        icon = "list-ul"
        label = _("How we personalise")
        template = "ethical_personalization/how/block.html"


class _BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"]
    )
    part = HowWePersonaliseBlock()


class _BodyField(StreamField):
    """Its blocks stand in the code only, so that a new one needs no migration."""

    def deconstruct(self) -> tuple[str | None, str, list[Any], dict[str, Any]]:
        name, _path, _blocks, options = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**options, "block_lookup": {}}


class HowWePersonalisePage(Page):
    """The public page on what the shop personalises. Nothing on it depends on who reads it.

    Parts that its editor leaves out stand at its end, so that it is always complete.
    """

    body = _BodyField(
        _BodyBlock(),
        verbose_name=_("content"),
        blank=True,
        default=[("part", {"part": EVERYTHING})],
        help_text=_(
            "Write before, between and after the tables. What you leave out of them is shown at "
            "the end."
        ),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    subpage_types: ClassVar[list[str]] = []
    template = "ethical_personalization/how/page.html"

    class Meta:
        verbose_name = _("How we personalise")
        verbose_name_plural = _("How we personalise")

    @property
    def missing_parts(self) -> list[str]:
        """The parts that the body does not show, in their order."""
        shown = {block.value["part"] for block in self.body if block.block_type == "part"}
        if EVERYTHING in shown:
            return []
        return [part for part, _label in PARTS if part not in shown]
