"""Other processes of the shop, as ``page_worker`` runs them, for tests of what workers share."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.db import connection

from tests.pages import ROOT


@contextmanager
def worker(client, cache, *how, code=ROOT):
    """Another process with the shopper's cookie: ``ask()`` for the opening of its home page.

    It runs the package that lies in the folder ``code``.
    """
    database, cookie = connection.settings_dict["NAME"], client.cookies["ep_choices"].value
    module = "tests.personalization.page_worker"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, database, cookie, cache, *how],
        cwd=code,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (code, ROOT, ROOT / "sandbox")))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask():
        process.stdin.write("\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        yield process, ask
    finally:
        process.kill()
        process.communicate(timeout=30)
