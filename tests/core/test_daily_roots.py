"""What is signed, and what a signature is worth."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ethical_personalization.core.daily_roots import (
    Inclusion,
    RootStatement,
    entries_in,
    entry_of,
    is_due,
    is_signed,
    key_id,
)
from ethical_personalization.core.merkle import inclusion_path, leaf_hash, root_of
from ethical_personalization.core.signatures import public_key_of, sign

SEED, OTHER_SEED = bytes(range(32)), bytes(32)
PUBLIC = public_key_of(SEED)
UNTIL = datetime(2029, 6, 1, tzinfo=UTC)
EVENTS = ["aa" * 32, "bb" * 32, "cc" * 32]


def statement(**changes):
    leaves = [leaf_hash(entry_of(event, UNTIL)) for event in EVENTS]
    made = RootStatement(
        day=date(2026, 6, 1),
        size=len(leaves),
        root=root_of(leaves).hex(),
        previous="",
        key_id=key_id(PUBLIC),
    )
    return replace(made, **changes)


def inclusion():
    leaves = [leaf_hash(entry_of(event, UNTIL)) for event in EVENTS]
    return Inclusion(
        event_hash=EVENTS[1],
        keep_until=UNTIL,
        index=1,
        path=tuple(each.hex() for each in inclusion_path(leaves, 1)),
        statement=statement(),
        signature=sign(statement().signed_text, SEED),
    )


def test_signature_holds_for_the_statement_and_the_key():
    assert is_signed(statement(), sign(statement().signed_text, SEED), PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"day": date(2026, 6, 2)},
        {"size": 4},
        {"root": "00" * 32},
        {"previous": "00" * 32},
        {"key_id": "00" * 8},
    ],
)
def test_signature_holds_for_no_other_statement(changes):
    assert not is_signed(statement(**changes), sign(statement().signed_text, SEED), PUBLIC)


@pytest.mark.parametrize(
    "signature", ["", "zz", "00" * 64, sign(statement().signed_text, OTHER_SEED)]
)
def test_what_is_no_signature_of_the_key_is_refused(signature):
    assert not is_signed(statement(), signature, PUBLIC)


def test_statement_is_read_as_it_was_written():
    assert RootStatement.from_json(statement().as_json()) == statement()


def test_statement_of_another_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        RootStatement.from_json({**statement().as_json(), "format": "other"})


def test_inclusion_survives_a_receipt_and_holds_with_the_public_key_alone():
    read = Inclusion.from_json(inclusion().as_json())
    assert read == inclusion()
    assert read.holds(PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"event_hash": EVENTS[0]},
        {"keep_until": None},
        {"index": 2},
        {"path": ()},
        {"signature": "00" * 64},
        {"statement": statement(size=4)},
    ],
)
def test_inclusion_of_anything_else_does_not_hold(changes):
    assert not replace(inclusion(), **changes).holds(PUBLIC)


def test_entry_says_until_when_its_event_has_to_be_kept():
    entry = entry_of(EVENTS[0], UNTIL)
    assert is_due(entry, UNTIL)
    assert not is_due(entry, UNTIL.replace(year=2028))
    assert not is_due(entry_of(EVENTS[0], None), UNTIL.replace(year=9999))
    assert entries_in(entry + entry) == [entry, entry]
