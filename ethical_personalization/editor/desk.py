"""The group of screens in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .purposes import PurposeDesk
from .questions import QuestionDesk
from .segments import SegmentDesk


class PersonalizationDesk(SnippetViewSetGroup):
    """Segments, purposes and questions."""

    items = (SegmentDesk, PurposeDesk, QuestionDesk)
    menu_label = _("Personalisation")
    menu_name = "personalization"
    menu_icon = "group"
    menu_order = 250
