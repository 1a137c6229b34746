"""Who a version is meant for."""

from dataclasses import dataclass

from .conditions import Expression, facts_of
from .readings import Gap, Read, Reading
from .truth import Truth


@dataclass(frozen=True, kw_only=True)
class Audience:
    """A published segment with its policy; ``benefit`` is the shop's promise to the shopper.

    A lower ``priority`` number comes first.
    """

    key: int
    name: str
    condition: Expression
    benefit: str = ""
    priority: int = 100


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a shopper belongs to an audience.

    Where that is unknown: which of the facts it asks for she has not permitted.
    """

    audience: Audience
    truth: Truth
    not_permitted: tuple[str, ...] = ()


def judge(audience: Audience, read: Read) -> Verdict:
    """The verdict on ``audience``; facts are read only as far as it needs them."""
    asked: list[str] = []

    def asking(key: str) -> Reading:
        asked.append(key)
        return read(key)

    truth = audience.condition.evaluate(asking)
    if truth is not Truth.UNKNOWN:
        return Verdict(audience=audience, truth=truth)
    missing = {key for key in asked if read(key).gap is Gap.NOT_PERMITTED}
    return Verdict(
        audience=audience,
        truth=truth,
        not_permitted=tuple(key for key in facts_of(audience.condition) if key in missing),
    )
