"""Whether the browser says no for its shopper: Global Privacy Control.

Read from each request and never stored as a choice. The specification speaks of selling and
sharing data; that we take it for our own use, too, is the shop's policy, purpose by purpose.
"""

from datetime import date

from django.http import HttpRequest

HEADER = "Sec-GPC"
#: The day of the specification by which we understand the header.
UNDERSTOOD_AS_OF = date(2026, 11, 24)


def sends_gpc(request: HttpRequest) -> bool:
    """Whether any value of the header is exactly ``1``; servers join several with commas."""
    return any(value.strip(" \t") == "1" for value in request.headers.get(HEADER, "").split(","))
