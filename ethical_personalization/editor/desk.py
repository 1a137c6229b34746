"""The group of screens in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .ages import AgeLimitDesk
from .controllers import ControllerDesk
from .feedback import FeedbackDesk
from .proofs import ProofDesk
from .purposes import PurposeDesk
from .questions import QuestionDesk
from .requests import RequestDesk
from .segments import SegmentDesk
from .sensitive_categories import SensitiveCategoryDesk


class PersonalizationDesk(SnippetViewSetGroup):
    """What editors decide, what shoppers ask and say, and what was chosen."""

    items = (
        SegmentDesk,
        PurposeDesk,
        QuestionDesk,
        SensitiveCategoryDesk,
        AgeLimitDesk,
        ControllerDesk,
        FeedbackDesk,
        RequestDesk,
        ProofDesk,
    )
    menu_label = _("Personalisation")
    menu_name = "personalization"
    menu_icon = "group"
    menu_order = 250
