"""Takes "I am under 16" and its end: a note, no birthday (GDPR Art. 8)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from ethical_personalization.models import ConsentMethod
from ethical_personalization.models.age import HIGHEST_AGE, age_limit_on
from ethical_personalization.shopper.age import declare_of_age, declare_under_age, until_end_of
from ethical_personalization.shopper.answers import Said, occasion_of
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.shopper import shopper_for

from .confirmation import confirmation_page
from .notices import age_notice
from .replies import endpoint, not_understood, saved, saving


class AgeForm(forms.Form):
    """Under the age, perhaps with the year in which that ends, or no longer."""

    age = forms.ChoiceField(choices=[("under", "under"), ("of_age", "of_age")])
    year = forms.IntegerField(required=False)

    def clean_year(self) -> int | None:
        """Only a year that somebody under age can mean."""
        year: int | None = self.cleaned_data["year"]
        if year is not None and not 0 <= year - this_year() <= HIGHEST_AGE:
            raise forms.ValidationError(gettext("Please choose one of the years."))
        return year


def this_year() -> int:
    """By the calendar of the shop."""
    return timezone.localdate().year


def years_for(limit: int) -> range:
    """The years in which somebody below ``limit`` can reach it."""
    return range(this_year(), this_year() + limit + 1)


def confirm_age(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = AgeForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    age, year = form.cleaned_data["age"], form.cleaned_data["year"]
    words = age_notice(age_limit_on(shopper_for(request).site_id))
    asked = {
        "heading": gettext("Please confirm"),
        "intro": gettext("Nothing is saved yet. We could not tell where this form came from."),
        "buttons": {"use": words["buttons"][age], "leave": gettext("Save nothing")},
    }
    fields = [("year", str(year))] if year is not None else []
    return confirmation_page(request, asked, submit=("age", age), fields=fields)


@endpoint("POST")
@same_origin_or_csrf(confirm_age)
def declare_age(request: HttpRequest) -> HttpResponse:
    """Keep the note, and take back what makes a profile; or take the note away."""
    form = AgeForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    return saving(request, lambda: _save(request, form))


def _save(request: HttpRequest, form: AgeForm) -> HttpResponse:
    shopper = shopper_for(request)
    is_under_age = form.cleaned_data["age"] == "under"
    if is_under_age:
        # Nothing of her age: the ledger keeps these words longer than the note.
        words = {"text": gettext("You took back all that makes a profile of you.")}
        occasion = occasion_of(shopper, Said(method=ConsentMethod.PREFERENCE_CENTER, words=words))
        outcome = declare_under_age(shopper, until_end_of(form.cleaned_data["year"]), occasion)
    else:
        outcome = declare_of_age(shopper)
    response = saved(request, "under_age" if is_under_age else "of_age", part="age")
    outcome.tell(response)
    return response
