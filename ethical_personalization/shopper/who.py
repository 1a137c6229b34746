"""For whom a page was opened: so that a form of hers is not followed for somebody else.

A session ends, or begins, in another tab, and the form of the old page would be about the account
or the device that is there now: a yes would reach further than she meant, and a no less far.
"""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from .shopper import shopper_for

#: The field of our forms that carries it.
FIELD = "who"
_SALT = "ethical_personalization.who"


def who_of(request: HttpRequest) -> str:
    """Stands for the account, or for having none; keyed, so it tells nobody which."""
    user = shopper_for(request).user
    return _who(str(user.pk) if user is not None else "")


def is_for_another(request: HttpRequest) -> bool:
    """Whether the form was made for another account, or for none; one that says nothing is not."""
    said = request.POST.get(FIELD, "")
    return bool(said) and not constant_time_compare(said, who_of(request))


def was_put_to_another(request: HttpRequest) -> bool:
    """The same of a question; one that says nothing was put to nobody who is logged in."""
    said = request.POST.get(FIELD, "") or _who("")
    return not constant_time_compare(said, who_of(request))


def _who(said: str) -> str:
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()[:32]
