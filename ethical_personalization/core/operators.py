"""How a fact's value is compared with what an editor asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .exceptions import InvalidCondition
from .facts import Fact, FactKind
from .patterns import MAX_SEARCHED, safe_pattern

#: An editor's list, word or number beyond this is a mistake, not a rule.
MAX_VALUES = 100
MAX_WORD = 200
MAX_NUMBER = Decimal(10) ** 9


class ValueShape(StrEnum):
    """What an operator wants beside the fact, as it is stored in JSON."""

    VALUES = "values"  # list of str
    NUMBER = "number"  # str of a decimal number
    TIMES = "times"  # two strings HH:MM, from (inclusive) and to (exclusive)
    PATTERN = "pattern"  # str of a regular expression, see ``patterns``
    NOTHING = "nothing"  # null


@dataclass(frozen=True, kw_only=True)
class Operator:
    """A comparison. ``test`` and ``matched`` take the fact's value and the parsed wanted value."""

    key: str
    kind: FactKind
    shape: ValueShape
    test: Callable[[Any, Any], bool]
    matched: Callable[[Any, Any], frozenset[str]] = lambda value, wanted: frozenset()


def _within(moment: time, span: tuple[time, time]) -> bool:
    start, end = span
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end  # over midnight


OPERATORS: tuple[Operator, ...] = (
    Operator(
        key="any_of",
        kind=FactKind.SET,
        shape=ValueShape.VALUES,
        test=lambda value, wanted: bool(value & wanted),
        matched=lambda value, wanted: value & wanted,
    ),
    Operator(
        key="all_of",
        kind=FactKind.SET,
        shape=ValueShape.VALUES,
        test=lambda value, wanted: wanted <= value,
        matched=lambda value, wanted: value & wanted,
    ),
    Operator(
        key="is_empty",
        kind=FactKind.SET,
        shape=ValueShape.NOTHING,
        test=lambda value, wanted: not value,
    ),
    Operator(
        key="at_least",
        kind=FactKind.NUMBER,
        shape=ValueShape.NUMBER,
        test=lambda value, wanted: Decimal(value) >= wanted,
    ),
    Operator(
        key="at_most",
        kind=FactKind.NUMBER,
        shape=ValueShape.NUMBER,
        test=lambda value, wanted: Decimal(value) <= wanted,
    ),
    Operator(
        key="one_of",
        kind=FactKind.CHOICE,
        shape=ValueShape.VALUES,
        test=lambda value, wanted: value in wanted,
        matched=lambda value, wanted: frozenset({value}) & wanted,
    ),
    Operator(
        key="is_true",
        kind=FactKind.BOOLEAN,
        shape=ValueShape.NOTHING,
        test=lambda value, wanted: value is True,
    ),
    Operator(
        key="matches",
        kind=FactKind.TEXT,
        shape=ValueShape.PATTERN,
        test=lambda value, wanted: wanted.search(value[:MAX_SEARCHED]) is not None,
    ),
    Operator(key="between", kind=FactKind.TIME, shape=ValueShape.TIMES, test=_within),
)

BY_KEY: Mapping[str, Operator] = {operator.key: operator for operator in OPERATORS}


def operators_for(fact: Fact) -> tuple[Operator, ...]:
    """The operators that fit the kind of ``fact``."""
    return tuple(operator for operator in OPERATORS if operator.kind is fact.kind)


def operator_for(fact: Fact, key: str) -> Operator:
    """The operator ``key``; raises ``InvalidCondition`` with those that fit ``fact``."""
    fitting = {operator.key: operator for operator in operators_for(fact)}
    if key not in fitting:
        raise InvalidCondition(
            f"{key!r} does not compare the fact {fact.key!r}; use one of: {', '.join(fitting)}."
        )
    return fitting[key]


def parse_value(operator: Operator, raw: object, *, fact: Fact | None = None) -> Any:
    """The wanted value from its JSON form, ready to compare; raises ``InvalidCondition``.

    With ``fact``, values must be among its choices.
    """
    return _PARSERS[operator.shape](raw, fact)


def _parse_nothing(raw: object, fact: Fact | None) -> None:
    if raw not in (None, "", []):
        raise InvalidCondition(f"This comparison needs no value; leave {raw!r} out.")


def _parse_values(raw: object, fact: Fact | None) -> frozenset[str]:
    given = _as_list(raw)
    values = [value for value in given if isinstance(value, str) and 0 < len(value) <= MAX_WORD]
    if not values or len(given) > MAX_VALUES or len(values) < len(given):
        raise InvalidCondition(f"Give between 1 and {MAX_VALUES} values, each a short text.")
    if fact is not None and fact.choices is not None:
        known = {value for value, _label in fact.choices()}
        if strange := sorted(set(values) - known):
            raise InvalidCondition(
                f"{', '.join(strange)}: not a value of {fact.key!r}; choose among "
                f"{', '.join(sorted(known)) or 'none yet'}."
            )
    return frozenset(values)


def _parse_number(raw: object, fact: Fact | None) -> Decimal:
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        raise InvalidCondition(f"{raw!r} is not a number; write it like 3 or 49.90.") from None
    if not number.is_finite() or abs(number) > MAX_NUMBER:
        raise InvalidCondition(f"{raw!r} is out of range; the limit is {MAX_NUMBER:f}.")
    return number


def _as_list(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else [raw]


def _parse_times(raw: object, fact: Fact | None) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(str(part)) for part in _as_list(raw))
    except (TypeError, ValueError):
        raise InvalidCondition(
            f"{raw!r} is not a pair of times; write them like 18:00 and 23:00."
        ) from None
    if start == end or start.tzinfo or end.tzinfo:
        raise InvalidCondition("Give two different times, without a time zone.")
    return start, end


_PARSERS: Mapping[ValueShape, Callable[[object, Fact | None], Any]] = {
    ValueShape.NOTHING: _parse_nothing,
    ValueShape.VALUES: _parse_values,
    ValueShape.NUMBER: _parse_number,
    ValueShape.TIMES: _parse_times,
    ValueShape.PATTERN: lambda raw, fact: safe_pattern(raw),
}
