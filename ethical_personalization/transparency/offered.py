"""What is offered to shoppers, at hand for the banner that stands on every page."""

from dataclasses import dataclass

from django.http import HttpRequest

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Purpose
from ethical_personalization.models.editions import Edition
from ethical_personalization.models.purposes import offered_on
from ethical_personalization.models.purposes import offered_purposes as published_purposes
from ethical_personalization.shopper.sites import site_id_at_hand

from .notice import words_of
from .screens import Words


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The purposes that one site offers; another ``edition`` may have other words."""

    edition: str
    site_id: int | None
    purposes: tuple[Purpose, ...]

    def words(self) -> list[Words]:
        """In the reader's language, without those that no code declares any more."""
        return [words_of(each) for each in self.purposes if each.declaration is not None]


def offered_at_hand(request: HttpRequest | None) -> Offered:
    """What the site of the request offers, without a query; nothing without a database.

    Another worker may have published other words within the last second. Nobody consents to old
    ones: whoever takes an answer compares their fingerprint with what the database says.
    """
    nothing: Edition[tuple[Purpose, ...]] = Edition(token="", value=())
    found = attempt(published_purposes.edition_at_hand, otherwise=nothing, what="offered")
    site_id = site_id_at_hand(request)
    return Offered(
        # Two sites may offer different ones of the same.
        edition=f"{found.token}.{site_id}",
        site_id=site_id,
        purposes=offered_on(site_id, found.value),
    )


def cached_purposes(request: HttpRequest) -> list[Words]:
    """The words of what is offered."""
    return offered_at_hand(request).words()
