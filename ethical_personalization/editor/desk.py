"""The group of screens in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .controllers import ControllerDesk
from .proofs import ProofDesk
from .purposes import PurposeDesk
from .questions import QuestionDesk
from .segments import SegmentDesk


class PersonalizationDesk(SnippetViewSetGroup):
    """Segments, purposes, questions, who is responsible, and what was chosen under which words."""

    items = (SegmentDesk, PurposeDesk, QuestionDesk, ControllerDesk, ProofDesk)
    menu_label = _("Personalisation")
    menu_name = "personalization"
    menu_icon = "group"
    menu_order = 250
