"""What a visit left behind, and during which part of the visit."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    """What the visitor did."""

    BROWSING = "browsing"
    BASKET = "basket"
    GARBAGE = "garbage"


STAGE_LABELS = {
    Stage.BROWSING: _("Browsing and searching"),
    Stage.BASKET: _("Adding to the basket"),
    Stage.GARBAGE: _("Sending garbage"),
}


class Kind(StrEnum):
    """Where something was left."""

    TABLE = "table"
    COOKIE = "cookie"
    STORAGE = "storage"
    HEADER = "header"
    ERROR = "error"
    GAP = "gap"


KIND_LABELS = {
    Kind.TABLE: _("Table"),
    Kind.COOKIE: _("Cookie"),
    Kind.STORAGE: _("Storage of the browser"),
    Kind.HEADER: _("Header that only our middleware adds"),
    Kind.ERROR: _("Error"),
    Kind.GAP: _("Not shown"),
}


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Something left, by name and page, never by value. With a ``reason`` it is allowed."""

    stage: Stage
    kind: Kind
    name: str
    detail: str = ""
    page: str = ""
    reason: str = ""

    @property
    def is_finding(self) -> bool:
        """Whether nothing allows it."""
        return not self.reason
