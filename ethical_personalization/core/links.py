"""What the hash of a consent event is made of; the same at writing and at verifying."""

from functools import lru_cache
from hashlib import sha256
from json import dumps


def link_hash(
    *,
    at: str,
    despite_gpc: bool = False,
    keep_until: str | None,
    language: str,
    method: str,
    notice: str,
    previous: str,
    purpose: str,
    request: str,
    site: int,
    status: str,
    subject: str,
    terms: str,
    valid_until: str | None,
    version: int,
) -> str:
    """SHA-256 over an event and the hash before it, as JSON in the order of the names.

    Times are as ``datetime.isoformat`` writes them, in UTC; ``notice``, ``previous``, ``request``
    and ``terms`` are hexadecimal digits, ``subject`` is a UUID. What later versions of the ledger
    added is left out where it is empty, so that the hash of an older event stays what it was.
    Written out by hand because a hundred thousand events are verified in a second or two, of which
    ``json.dumps`` would take most.
    """
    overruled = '"despite_gpc":true,' if despite_gpc else ""
    kept = f'"keep_until":"{keep_until}",' if keep_until is not None else ""
    asked = f'"request":"{request}",' if request else ""
    valid = f'"{valid_until}"' if valid_until is not None else "null"
    said = (
        f'{{"at":"{at}",{overruled}{kept}"language":{_quoted(language)},'
        f'"method":{_quoted(method)},"notice":"{notice}","previous":"{previous}",'
        f'"purpose":{_quoted(purpose)},{asked}"site":{site},"status":{_quoted(status)},'
        f'"subject":"{subject}","terms":"{terms}","valid_until":{valid},"version":{version}}}'
    )
    return sha256(said.encode()).hexdigest()


_quoted = lru_cache(maxsize=1000)(dumps)
