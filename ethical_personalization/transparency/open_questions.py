"""What a shopper is still to be asked about, from her choices and what is offered."""

from datetime import datetime

from ethical_personalization.core.asking import WhyAsked, open_questions
from ethical_personalization.core.consent import Consent, Narrowing
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.shopper.shopper import Shopper

from .offered import Offered


def questions_for(shopper: Shopper, offered: Offered) -> dict[str, WhyAsked] | None:
    """The purposes to ask about; None for who has never answered, who is asked like everybody.

    Nothing is asked of who said that she is under age. No query for a device that carries no id.
    """
    consent = _consent(shopper)
    if consent.narrowing.is_under_age(now=shopper.now):
        return {}
    found = open_questions(consent, _offered_since(offered), now=shopper.now)
    return None if WhyAsked.FIRST in found.values() else found


def _consent(shopper: Shopper) -> Consent:
    if (shopper.may_be_known and shopper.subject is not None) or shopper.cookies.pseudonyms:
        return shopper.consent
    device = shopper.device
    narrowing = Narrowing(under_age_until=device.under_age_until)
    return Consent(refused_here=device.refused, narrowing=narrowing)


def _offered_since(offered: Offered) -> dict[str, datetime]:
    return {
        purpose.key: purpose.offered_since_on(offered.site_id)
        for purpose in offered.purposes
        if purpose.declaration is not None and purpose.declaration.basis is LawfulBasis.CONSENT
    }
