"""In which language a form is answered: that of the page that sent it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, override

View = Callable[..., HttpResponseBase]


def in_language_of_form(view: View) -> View:
    """Answer, and record, in the language that the form names in ``language``.

    Where addresses carry a language our own may have another than the page. Nothing is taken on
    trust: the words are written anew in that language, and compared with what was on screen.
    """

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        named = request.POST.get("language", "")
        language = named if named in dict(settings.LANGUAGES) else get_language()
        with override(language):
            return view(request, *args, **kwargs)

    return answering
