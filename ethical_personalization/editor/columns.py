"""Columns of the lists on the desk."""

from typing import Any, ClassVar

from wagtail.admin.ui.tables import Column


class WideColumn(Column):
    """Left out where there is no room for it; the form says the same."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="ep-wide-only", **kwargs)

    class Media:
        css: ClassVar = {"all": ["ethical_personalization/editor/editor.css"]}
