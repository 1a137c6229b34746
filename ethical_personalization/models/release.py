"""Which code this process runs, so that workers of two releases don't take each other's results."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterable
from functools import cache as once
from pathlib import Path

import django

#: Wall clock, as files have it. What changed later on the disk is not what this process runs.
_LOADED_AT = time.time()
#: Of this process and of those that are forked from it, which run the same.
_THIS_PROCESS = secrets.token_hex(8)
#: Without symbolic links, since a deployment may turn them to the next release.
_OURS = Path(__file__).resolve().parents[1]


@once
def code_signature(*, files: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> str:
    """A hash of our own code, of other ``files`` and of ``names``, to tell releases apart.

    Files are read at the first use, since a worker should start sooner than that takes. Where they
    are another release's by then, nobody can tell what runs here any more, and the signature is
    one that no other worker has.
    """
    ours = sorted(map(str, _OURS.rglob("*.py")))
    contents = hash_of_files((*ours, *sorted({*files} - {*ours})), since=_LOADED_AT)
    known = (django.get_version(), *sorted(names), contents or _THIS_PROCESS)
    return hashlib.sha256(",".join(known).encode()).hexdigest()[:16]


def hash_of_files(paths: Iterable[str], *, since: float) -> str | None:
    """A hash of what the files hold, in this order, wherever they lie.

    None if one of them can't be read or was written or put there after ``since`` (seconds of the
    wall clock). Their time of change tells, which cannot be set, as that of the content can.
    """
    digest = hashlib.sha256()
    try:
        for path in paths:
            with open(path, "rb") as file:
                if os.fstat(file.fileno()).st_ctime > since:
                    return None
                digest.update(hashlib.sha256(file.read()).digest())
    except OSError:
        return None
    return digest.hexdigest()
