"""The form of a request: dates that the law allows, and no names."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ethical_personalization.core.periods import one_month_after


class RequestForm(WagtailAdminModelForm):
    """Due within a month, or, where that was said to the shopper, within three."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked, due, done = (cleaned.get(name) for name in ("asked_on", "due_on", "done_on"))
        if asked and due and not asked <= due <= _longest(asked):
            self.add_error("due_on", _("Between the day it was asked and three months later."))
        if asked and done and done < asked:
            self.add_error("done_on", _("Not before it was asked."))
        return cleaned


def _longest(asked: date) -> date:
    """One month, and two more (GDPR Art. 12(3))."""
    return one_month_after(one_month_after(one_month_after(asked)))
