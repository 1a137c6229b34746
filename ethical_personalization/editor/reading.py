"""Reading a desk needs the permission to view, and none to change."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.utils.functional import cached_property
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

#: Whoever may do something with a kind of thing may read it; who may only view it, too.
READERS = ("add", "change", "delete", "view")
_View = TypeVar("_View")


def readable(view: type[_View]) -> type[_View]:
    """A view of Wagtail's that only shows, open to every reader of the desk.

    Wagtail opens some of them to those alone who may change what is shown.
    """
    opened: Any = {"permission_required": None, "any_permission_required": READERS}
    return type(view.__name__, (view,), opened)


class ReadableDesk(ModelViewSet):
    """Offers the permission to view to groups, and a page to read beside the form.

    It shows the fields of the form, or those that a desk names in ``inspect_view_fields``: what a
    form only shows, or asks beyond the columns of the model.
    """

    history_view_class = readable(HistoryView)
    usage_view_class = readable(UsageView)
    inspect_view_class = InspectView
    inspect_view_enabled = True

    @cached_property
    def inspect_view_fields(self) -> Sequence[str]:
        named: Sequence[str] = self.get_edit_handler().get_form_options()["fields"]
        return named
