"""What a sentence is before somebody chose a language for it."""

from typing import Protocol


class Words(Protocol):
    """A string, or a lazy translation that becomes one in the reader's language."""

    def __str__(self) -> str: ...
