"""The choice of a segment in a StreamField that costs a page no query."""

from collections.abc import Iterable
from typing import Any

from wagtail.snippets.blocks import SnippetChooserBlock


class SegmentBlock(SnippetChooserBlock):
    """Gives a segment of which nothing but the primary key is loaded.

    A page compares that with the plan, whoever asks; Wagtail's block would load the segments of a
    field before anybody knows whether she allowed anything. What else is asked of the segment is
    loaded then, as Django loads deferred fields.
    """

    def deconstruct(self) -> tuple[str, Any, Any]:
        """As Wagtail's own: no class of ours stands in a site's migrations."""
        _path, args, kwargs = super().deconstruct()
        return f"{SnippetChooserBlock.__module__}.{SnippetChooserBlock.__name__}", args, kwargs

    def to_python(self, value: Any) -> Any:
        """The segment with this primary key, whether or not there still is one."""
        if value is None:
            return None
        key = self.model_class._meta.pk
        return self.model_class.from_db(None, [key.attname], [key.to_python(value)])

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """One for each value."""
        return [self.to_python(value) for value in values]

    def get_form_state(self, value: Any) -> Any:
        """What the form shows; nothing, where the segment was deleted."""
        return super().get_form_state(getattr(value, "pk", value))
