"""The database of the shops that are started: ``python -m tests.benchmarks.started_shop DATABASE``.

It is made once, with us, and has one category and one shopper who allowed everything. Prints the
path of a page and her cookies.
"""

import json
import sys

from tests.benchmarks.starting import HOST, configure


def make(database: str) -> dict[str, str]:
    configure("ours", database)
    import django
    from django.core.management import call_command
    from django.test import Client
    from oscar.core.loading import get_model

    django.setup()
    call_command("migrate", verbosity=0)
    from ethical_personalization.testing import consent_given

    category = get_model("catalogue", "Category").add_root(name="Dresses")
    client = Client(SERVER_NAME=HOST)
    consent_given(client, "stated", "orders", "browsing", "context")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"path": category.get_absolute_url(), "cookies": cookies}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(sys.argv[1])))
