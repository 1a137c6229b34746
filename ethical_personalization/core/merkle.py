"""Merkle trees as in RFC 6962: a root over many leaves, and short proofs of being among them."""

from collections.abc import Sequence
from hashlib import sha256

#: The root of no leaves (RFC 6962, section 2.1).
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The prefix tells leaves from nodes, so that no node can be passed off as an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """What stands above two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over hashed leaves, in their order."""
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY_ROOT


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The neighbours on the way from leaf ``index`` to the root. Raises ``IndexError``."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"There is no leaf {index} among {len(leaves)}.")
    level, path = list(leaves), []
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        level, index = _above(level), index // 2
    return tuple(path)


def is_included(leaf: bytes, path: Sequence[bytes], *, index: int, size: int, root: bytes) -> bool:
    """Whether ``path`` leads from ``leaf``, number ``index`` of ``size``, to ``root``.

    The algorithm of RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = node_hash(neighbour, found)
            while here and not here % 2:
                here, last = here // 2, last // 2
        else:
            found = node_hash(found, neighbour)
        here, last = here // 2, last // 2
    return last == 0 and found == root


def _above(level: Sequence[bytes]) -> list[bytes]:
    """One level up. A last one without a neighbour rises as it is.

    That is what the RFC's split at the largest power of two comes to.
    """
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [node_hash(left, right) for left, right in pairs]
    return [*above, level[-1]] if len(level) % 2 else above
