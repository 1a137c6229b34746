"""The account that a crawl may log in with: one that has allowed nothing."""

from typing import Any

from django.contrib.auth import get_user_model

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.exceptions import PersonalizationError
from ethical_personalization.models import ConsentState


def account_without_consent(email: str) -> Any:
    """The account of that address. Raises ``PersonalizationError`` if it won't do."""
    found = get_user_model()._default_manager.filter(email__iexact=email).first()
    if found is None:
        raise PersonalizationError("There is no account with this address.")
    if ConsentState.objects.filter(subject__user=found, event__status=ConsentStatus.GIVEN).exists():
        raise PersonalizationError("This account allowed something; name one that did not.")
    return found
