"""The text under an event's hash is plain JSON, whatever stands in it."""

import json
from datetime import UTC, datetime
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.links import link_hash

times = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
links = st.fixed_dictionaries(
    {
        "at": times,
        "despite_gpc": st.booleans(),
        "keep_until": st.none() | times,
        "language": st.text(max_size=12),
        "method": st.text(max_size=12),
        "notice": hashes,
        "previous": st.just("") | hashes,
        "purpose": st.text(max_size=12),
        "request": st.just("") | hashes,
        "site": st.integers(1, 2**40),
        "status": st.text(max_size=12),
        "subject": st.uuids().map(str),
        "terms": hashes,
        "valid_until": st.none() | times,
        "version": st.integers(1, 2**40),
    }
)


def as_json(said):
    """What only later versions of the ledger know is left out where it is empty."""
    later = ("despite_gpc", "keep_until", "request")
    kept = {name: value for name, value in said.items() if value or name not in later}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


@given(links)
def test_hash_is_that_of_sorted_json(said):
    assert link_hash(**said) == sha256(as_json(said).encode()).hexdigest()


@given(links, links)
def test_other_events_have_other_hashes(one, other):
    assert (link_hash(**one) == link_hash(**other)) == (one == other)
