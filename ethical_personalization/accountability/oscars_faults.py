"""Where Oscar itself answers garbage with an error, so that no shop can answer it better."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.text import Words

from .addresses import is_view
from .answers import Answer


@dataclass(frozen=True, kw_only=True)
class OscarsFault:
    """A view of Oscar 4.2 that fails with ``error``, the name of a class, in the file ``place``."""

    view: str
    error: str
    place: str
    reason: Words

    def covers(self, answer: Answer) -> bool:
        """Whether ``answer`` is this failure and no other of the same view."""
        return (
            answer.error.startswith(f"{self.error} ")
            and f"{self.place}:" in answer.error
            and is_view(answer.url, self.view)
        )


def oscars_faults() -> Iterable[OscarsFault]:
    """As seen in Oscar 4.2.1 with its own templates; those of a shop may mend them."""
    yield OscarsFault(
        view="customer:order-line",
        error="TemplateDoesNotExist",
        place="loader.py",
        reason=_("Oscar has no page order/line_detail.html to show a refused form on."),
    )
    yield OscarsFault(
        view="catalogue:reviews-add",
        error="TypeError",
        place="reviews_tags.py",
        reason=_("Oscar draws stars for a score that is no number."),
    )
