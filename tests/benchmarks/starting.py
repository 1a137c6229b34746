"""Starts a shop once and tells what that cost: run as ``python -m tests.benchmarks.starting MODE``.

A worker is started when it can answer its first request: apps, hooks, addresses and middleware are
loaded. ``MODE`` is bare, peer or ours, on the settings of ``tests.bare_shop``.
"""

import json
import os
import re
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

PEER = [
    "wagtail_modeladmin",
    "wagtailfontawesomesvg",
    "wagtail_personalisation.config.WagtailPersonalisationConfig",
]
US = "ethical_personalization"


def start(mode: str) -> dict[str, float]:
    """Wall and CPU seconds from the first import of Django on, and the most memory in MB."""
    before, busy = perf_counter(), process_time()
    _configure(mode)
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver
    from wagtail import hooks

    get_wsgi_application()
    hooks.search_for_hooks()
    list(get_resolver().url_patterns)
    return {
        "seconds": perf_counter() - before,
        "cpu_seconds": process_time() - busy,
        "megabytes": _most_memory() / 1024,
    }


def _most_memory() -> int:
    """In kilobytes. Linux lets ``ru_maxrss`` begin with that of the parent process."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
    return int(found[1]) if found else 0


def _configure(mode: str) -> None:
    from django.conf import settings

    from tests.bare_shop import settings as bare

    configured = {name: getattr(bare, name) for name in dir(bare) if name.isupper()}
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
    sys.stdout.write(json.dumps(start(sys.argv[1])))
