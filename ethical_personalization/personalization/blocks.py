"""Blocks for the StreamFields of a shop."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ethical_personalization.core.explanations import Explained
from ethical_personalization.models.how_page import HowWePersonaliseBlock

from .parts import as_part
from .reason_beside import request_of, with_reason
from .segment_block import SegmentBlock
from .segments import decide_version

__all__ = ["HowWePersonaliseBlock", "PersonalizedBlock"]


class PersonalizedBlock(blocks.StructBlock):
    """``PersonalizedBlock(RichTextBlock())``: content for everybody, and versions for segments.

    It leaves nothing of this package in a site's migrations: to Wagtail it is a struct of its own
    blocks, and the segment is named by its model's label.
    """

    def __init__(self, content: blocks.Block | None = None, **kwargs: Any) -> None:
        content = content if content is not None else blocks.RichTextBlock()
        version = blocks.StructBlock(
            [
                ("segment", SegmentBlock("wagtail_personalisation.Segment", label=_("Segment"))),
                ("content", content),
            ],
            label=_("Version"),
        )
        super().__init__(
            [
                ("default", _labelled(content, _("For everybody"))),
                ("versions", blocks.ListBlock(version, label=_("For segments"), default=[])),
            ],
            **kwargs,
        )

    class Meta:
        icon = "group"
        label = _("Personalised content")

    def render(self, value: Any, context: Any = None) -> SafeString:
        """The version of the shopper, with its reason beside it, or else the default."""
        return as_part(request_of(context), "block", lambda: self._render(value, context))

    def _render(self, value: Any, context: Any) -> SafeString:
        explained = self._decide(value, context)
        shown, block = self._shown(value, explained)
        content: SafeString = block.render(shown, context=context)
        if explained is None or explained.is_default:
            return content
        return with_reason(content, explained, context["request"])

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """What would be shown to the requester, and why; the reason of a default is empty."""
        explained = self._decide(value, context)
        shown, block = self._shown(value, explained)
        return {
            "content": block.get_api_representation(shown, context=context),
            "reason": explained.reason if explained is not None else "",
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        """The default only: what is found is what everybody sees."""
        if not self.search_index:
            return []
        content: list[str] = self.child_blocks["default"].get_searchable_content(value["default"])
        return content

    def _shown(self, value: Any, explained: Explained | None) -> tuple[Any, blocks.Block]:
        option = explained.decision.option if explained is not None else None
        if option is None:
            return value["default"], self.child_blocks["default"]
        version = value["versions"][int(option.key)]
        return version["content"], self.child_blocks["versions"].child_block.child_blocks["content"]

    def _decide(self, value: Any, context: Any) -> Explained | None:
        request = request_of(context)
        versions = {
            version["segment"].pk: str(number)
            for number, version in enumerate(value["versions"])
            if version["segment"] is not None
        }
        if request is None or not versions:
            return None
        return decide_version(request, "block-" + "-".join(map(str, versions)), versions)


def _labelled(content: blocks.Block, label: Any) -> blocks.Block:
    """``content`` again under another label; a block object can't stand in two places."""
    path, args, kwargs = content.deconstruct()
    return type(content)(*args, **{**kwargs, "label": label})
