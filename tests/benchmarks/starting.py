"""Starts a shop once and tells what that cost, in a process of its own.

Run as ``python -m tests.benchmarks.starting MODE DATABASE PATH COOKIES``. ``MODE`` is bare, peer or
ours, on the settings of ``tests.bare_shop``. A worker is started when it can answer its first
request: apps, hooks, addresses and middleware are loaded. What is loaded with its first use is told
apart: the page at ``PATH`` is opened with ``COOKIES``, which allow everything, and with us the
preference center, too.
"""

import json
import os
import re
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from wsgiref.util import setup_testing_defaults

PEER = [
    "wagtail_modeladmin",
    "wagtailfontawesomesvg",
    "wagtail_personalisation.config.WagtailPersonalisationConfig",
]
HOST = "localhost"
US = "ethical_personalization"


def start(mode: str, database: str, path: str, cookies: str) -> dict[str, float]:
    """Wall and CPU seconds from the first import of Django on, and the most memory in MB."""
    before, busy = perf_counter(), process_time()
    configure(mode, database)
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver
    from wagtail import hooks

    handler = get_wsgi_application()
    hooks.search_for_hooks()
    list(get_resolver().url_patterns)
    started = {
        "seconds": perf_counter() - before,
        "cpu_seconds": process_time() - busy,
        "megabytes": _most_memory() / 1024,
    }
    for address in [path, "/preferences/"] if mode == "ours" else [path]:
        _open(handler, address, cookies)
    return started | {
        "used_cpu_seconds": process_time() - busy,
        "used_megabytes": _most_memory() / 1024,
    }


def _open(handler: Any, path: str, cookies: str) -> None:
    environ: dict[str, Any] = {"HTTP_COOKIE": cookies, "PATH_INFO": path}
    setup_testing_defaults(environ)
    response = handler({**environ, "HTTP_HOST": HOST, "SERVER_NAME": HOST}, lambda *head: None)
    b"".join(response)
    response.close()
    if response.status_code != 200:
        raise RuntimeError(f"The started shop answers {path}: {response.status_code}")


def _most_memory() -> int:
    """In kilobytes. Linux lets ``ru_maxrss`` begin with that of the parent process."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
    return int(found[1]) if found else 0


def configure(mode: str, database: str) -> None:
    """The settings of the shop; ``database`` is a file of SQLite."""
    from django.conf import settings

    from tests.bare_shop import settings as bare

    configured = {name: getattr(bare, name) for name in dir(bare) if name.isupper()}
    configured["ALLOWED_HOSTS"] = [HOST]
    configured["DATABASES"] = {"default": bare.DATABASES["default"] | {"NAME": database}}
    if mode != "bare":
        configured["INSTALLED_APPS"] = [*bare.INSTALLED_APPS, *PEER]
    if mode == "ours":
        configured["INSTALLED_APPS"] = [US, *configured["INSTALLED_APPS"]]
        configured["ROOT_URLCONF"] = "tests.benchmarks.started_urls"
        configured["MIDDLEWARE"] = [*bare.MIDDLEWARE, f"{US}.middleware.ShopperMiddleware"]
        configured["PERSONALISATION_SEGMENTS_ADAPTER"] = (
            f"{US}.personalization.adapter.ConsentSegmentsAdapter"
        )
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    settings.configure(**configured)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(start(*sys.argv[1:])))
