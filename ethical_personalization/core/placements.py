"""Which places can show something personalised."""

from dataclasses import dataclass

from .text import Words


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A place in a template that editors may fill by segment.

    Page variants, blocks and product lists are placements as well; they need no registration of
    their own because the page or the template names them.
    """

    key: str
    title: Words
    description: Words = ""
