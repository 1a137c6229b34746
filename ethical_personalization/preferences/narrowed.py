"""What narrows all of her choices, as the preference center shows it: pause, GPC, age."""

from typing import Any

from ethical_personalization.core.periods import TOLD_OF_END
from ethical_personalization.models.age import age_limit_on
from ethical_personalization.models.purposes import offered_on, offered_purposes
from ethical_personalization.shopper.age import OPEN_END
from ethical_personalization.shopper.persons import open_subjects
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.gpc import honoured_sentence

from .age import years_for
from .notices import age_notice, pause_notice


def narrowed(shopper: Shopper) -> dict[str, Any]:
    """For the whole page; ``pause`` is None where there is nothing to pause."""
    return {"gpc": _gpc(shopper), "pause": _pause(shopper)}


def _gpc(shopper: Shopper) -> str:
    """A sentence for the browser that sends it; empty for all others."""
    if not shopper.consent.narrowing.sends_gpc:
        return ""
    return honoured_sentence(offered_on(shopper.site_id, offered_purposes.get()))


def _pause(shopper: Shopper) -> dict[str, Any] | None:
    """How it stands: ``is_on``, and how long; or when the last one ended by itself."""
    subjects = open_subjects(shopper)
    if not subjects:
        return None
    now, narrowing = shopper.now, shopper.consent.narrowing
    paused = [each for each in subjects if each.narrowing.is_paused(now=now)]
    ended = [each.restricted_until for each in subjects if each not in paused]
    is_for_ever = any(each.narrowing.is_restricted for each in paused)
    return {
        "words": pause_notice(),
        "is_on": narrowing.is_paused(now=now),
        "since": min((each.restricted_at for each in paused if each.restricted_at), default=None),
        "until": None if is_for_ever else narrowing.restricted_until,
        "ended": max((at for at in ended if at and at > now - TOLD_OF_END), default=None),
    }


def age_context(shopper: Shopper) -> dict[str, Any]:
    """For the part on her age."""
    limit = age_limit_on(shopper.site_id)
    until = shopper.consent.narrowing.under_age_until
    is_under_age = shopper.consent.narrowing.is_under_age(now=shopper.now)
    return {
        "words": age_notice(limit),
        "limit": limit,
        "years": years_for(limit),
        "is_under_age": is_under_age,
        "until": until if until != OPEN_END else None,
    }
