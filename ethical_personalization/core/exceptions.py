"""What can go wrong in ways that a caller may want to tell apart."""

from collections.abc import Iterable


class PersonalizationError(Exception):
    """Every error that this package raises on purpose."""


class UnknownName(PersonalizationError, LookupError):
    """A key that nobody registered; the message names those that are."""

    def __init__(self, kind: str, name: object, registered: Iterable[str]) -> None:
        known = ", ".join(sorted(registered)) or "none"
        super().__init__(f"No {kind} {name!r}; registered: {known}.")


class DuplicateName(PersonalizationError, ValueError):
    """Two registrations under one key; the message names the key."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is already a {kind} {name!r}; choose another key.")


class InvalidCondition(PersonalizationError, ValueError):
    """An operator or a value that does not fit the fact; the message says what would."""


class InvalidDeclaration(PersonalizationError, ValueError):
    """A declared purpose or fact that cannot be right; the message says how to mend it."""


class LedgerRefusal(PersonalizationError):
    """An attempt to change or delete a recorded consent event."""


class AnsweredBefore(PersonalizationError):
    """A repeated *yes* that was recorded and taken back since; it has to be asked anew."""
