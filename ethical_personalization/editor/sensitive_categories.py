"""The desk for categories that tell what the law protects most."""

from collections.abc import Collection
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView

from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.registry import facts
from ethical_personalization.facts.categories import below
from ethical_personalization.models import FactRule, SensitiveCategory

from .columns import WideColumn
from .reading import ReadableDesk


class SensitiveCategoryForm(WagtailAdminModelForm):
    """Names each category with those above it: two may have the same name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = _full_names()
        field: Any = self.fields["category"]
        field.queryset = get_model("catalogue", "Category").objects.all()
        field.label_from_instance = lambda category: names.get(category.path, category.name)


class SensitiveCategoryIndexView(IndexView):
    """Each mark with how far it reaches, and the segments that fit nobody because of it."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            Column(
                "below", label=_("Categories it covers"), accessor=lambda mark: len(reach(mark))
            ),
            WideColumn("segments", label=_("Segments whose rules name it"), accessor=_segments),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class SensitiveCategoryCreateView(CreateView):
    """Says what follows."""

    def get_success_message(self, instance: SensitiveCategory) -> str:
        return what_follows(instance)


class SensitiveCategoryEditView(EditView):
    """Says what follows."""

    def get_success_message(self) -> str:
        return what_follows(self.object)


class SensitiveCategoryDeleteView(DeleteView):
    """Says what is used again."""

    @property
    def confirmation_message(self) -> str:
        return _(
            "From then on, views of “%(category)s” and of what is below it are kept again for "
            "shoppers who allow that, and segments may use them. Take the mark away only if an "
            "interest in it tells nothing of health, religion or anything else that the law "
            "protects most. Take it away?"
        ) % {"category": self.object}


class SensitiveCategoryDesk(ReadableDesk):
    """What no fact may tell, whatever a shopper allows."""

    model = SensitiveCategory
    name = "ethical_personalization_sensitive_categories"
    url_prefix = "personalization/sensitive-categories"
    icon = "no-view"
    menu_label = gettext_lazy("Sensitive categories")
    index_view_class = SensitiveCategoryIndexView
    add_view_class = SensitiveCategoryCreateView
    edit_view_class = SensitiveCategoryEditView
    delete_view_class = SensitiveCategoryDeleteView
    list_display = ("__str__",)
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("category")], base_form_class=SensitiveCategoryForm)


def what_follows(mark: SensitiveCategory) -> str:
    """What an editor reads after marking a category."""
    said = _(
        "“%(category)s” is marked, with everything below it. No view of it is kept any more, and "
        "no segment and no list rests on it."
    ) % {"category": mark}
    names = _segments(mark)
    if not names:
        return said
    return (
        said
        + " "
        + _(
            "These segments use it, and their rules on it fit nobody until you change them: "
            "%(segments)s."
        )
        % {"segments": names}
    )


def reach(mark: SensitiveCategory) -> Collection[int]:
    """The category and everything below it, by primary key."""
    key = str(mark.category_id)
    return below([key]).get(key, set())


def _segments(mark: SensitiveCategory) -> str:
    """The names of the segments with a rule on one of its categories."""
    reached = set(map(str, reach(mark)))
    of_categories = [key for key, fact in facts.all().items() if fact.values_of == CATEGORY]
    rules = FactRule.objects.filter(fact__in=of_categories).order_by("segment__name")
    names = [
        name
        for name, value in rules.values_list("segment__name", "value")
        if isinstance(value, list) and reached.intersection(map(str, value))
    ]
    return ", ".join(dict.fromkeys(names))


def _full_names() -> dict[str, str]:
    """Each category's name after those above it, by path: one query for all of them."""
    category = get_model("catalogue", "Category")
    names = {found.path: found.name for found in category.objects.all()}
    return {
        path: " > ".join(
            names[path[:end]]
            for end in range(category.steplen, len(path) + 1, category.steplen)
            if path[:end] in names
        )
        for path in names
    }
