"""The rows of a kind of rule as they arrive, whatever the form counts of them."""

import re
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import (
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    BaseFormSet,
    ManagementForm,
)
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet

_NUMBER = re.compile(r"[0-9]{1,6}")


class RuleFormSet(BaseChildFormSet):
    """Says so where rows and their number differ, and shows every row that arrived.

    Django and django-modelcluster believe the number, and fail or lose rows where it is wrong.
    The rules of a form are no rows of the database: each is read from what was sent alone.
    """

    @cached_property
    def management_form(self) -> ManagementForm:
        """The number of the rows that arrived, so that the form can be sent again as it returns."""
        if not self.is_bound:
            form: ManagementForm = super().management_form
            return form
        total = self._arrived
        initial = min(self._counted(INITIAL_FORM_COUNT, otherwise=self._stored), total)
        counts = {TOTAL_FORM_COUNT: total, INITIAL_FORM_COUNT: initial}
        data = {f"{self.prefix}-{name}": count for name, count in counts.items()}
        form = ManagementForm(
            data, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer
        )
        form.full_clean()
        return form

    def clean(self) -> None:
        """Refuse what was cut off on its way: a segment with a rule less reaches more shoppers."""
        counted = self._counted(TOTAL_FORM_COUNT), self._counted(INITIAL_FORM_COUNT)
        if counted[0] != self._arrived or not 0 <= counted[1] <= counted[0]:
            raise ValidationError(
                _(
                    "The number of rules does not fit the rules that arrived. Nothing is saved. "
                    "Check whether all of them stand here, and save again."
                )
            )
        super().clean()

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if not self.is_bound:
            return super()._construct_form(i, **kwargs)
        construct: Any = BaseFormSet._construct_form  # type: ignore[attr-defined]  # Django's own
        return construct(self, i, instance=self.model(), **kwargs)

    @property
    def _stored(self) -> int:
        return len(self.get_queryset())

    @cached_property
    def _arrived(self) -> int:
        """How many rows there are up to the last one of which anything arrived."""
        row = re.compile(rf"{re.escape(self.prefix)}-({_NUMBER.pattern})-")
        found = (row.match(name) for name in self.data)
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def _counted(self, name: str, *, otherwise: int = -1) -> int:
        said = str(self.data.get(f"{self.prefix}-{name}", ""))
        return int(said) if _NUMBER.fullmatch(said) else otherwise
