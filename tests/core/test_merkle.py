"""Against the definition of RFC 6962, written down as it stands there."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.merkle import (
    EMPTY_ROOT,
    inclusion_path,
    is_included,
    leaf_hash,
    root_of,
)

entries = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def naive_root(leaves):
    """Section 2.1: split at the largest power of two smaller than the number of leaves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_root_is_the_one_of_the_definition(made):
    leaves = [leaf_hash(entry) for entry in made]
    assert root_of(leaves) == naive_root(leaves)


def test_root_of_the_test_vector_of_certificate_transparency():
    """From the reference implementation's ``merkle_tree_test``."""
    vector = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    vector.append("606162636465666768696a6b6c6d6e6f")
    leaves = [leaf_hash(bytes.fromhex(entry)) for entry in vector]
    assert root_of(leaves).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )
    assert root_of([]) == EMPTY_ROOT


@given(entries, st.data())
def test_path_of_every_leaf_leads_to_the_root(made, data):
    leaves = [leaf_hash(entry) for entry in made]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion_path(leaves, index)
    assert len(path) <= (len(leaves) - 1).bit_length()
    assert is_included(leaves[index], path, index=index, size=len(leaves), root=root_of(leaves))


@given(entries, st.binary(max_size=8), st.data())
def test_path_proves_no_other_entry(made, other, data):
    leaves = [leaf_hash(entry) for entry in made]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = inclusion_path(leaves, index), root_of(leaves)
    is_same = leaf_hash(other) == leaves[index]
    assert is_same == is_included(leaf_hash(other), path, index=index, size=len(leaves), root=root)


@given(entries, st.data())
def test_path_that_was_cut_or_lengthened_proves_nothing(made, data):
    leaves = [leaf_hash(entry) for entry in made]
    index, size = data.draw(st.integers(0, len(leaves) - 1)), len(leaves)
    path, root = inclusion_path(leaves, index), root_of(leaves)
    for other in (path[:-1], (*path, path[-1] if path else leaves[0])):
        held = is_included(leaves[index], other, index=index, size=size, root=root)
        assert held == (other == path)


@pytest.mark.parametrize("index", [-1, 2])
def test_leaf_that_is_not_there_has_no_path(index):
    leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
    with pytest.raises(IndexError):
        inclusion_path(leaves, index)
    assert not is_included(leaves[0], (), index=index, size=2, root=root_of(leaves))
