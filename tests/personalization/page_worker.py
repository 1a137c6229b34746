"""A worker of the shop as a process of its own, which answers each line with the home page.

``python -m tests.personalization.page_worker DATABASE COOKIE CACHE [hangs]`` writes one line for
each that it reads: the opening of the page, and whether the plan was compiled for it. If it
``hangs`` it says so in the middle of the plan.
"""

import os
import re
import sys
import time

import django
from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
DATABASE, COOKIE, CACHE, *HANGS = sys.argv[1:]
OPENING = re.compile(r'hero__opening">(.*?)<')


def main():
    from django.db import connection
    from django.test import Client

    from ethical_personalization.personalization import plan

    connection.settings_dict["NAME"] = DATABASE
    compiled, find_versions = [], plan._page_versions
    plan._page_versions = hang if HANGS else lambda: compiled.append(1) or find_versions()
    client = Client()
    client.cookies["ep_choices"] = COOKIE
    for _line in sys.stdin:
        opening = OPENING.search(client.get("/").content.decode())[1]
        say(f"{opening}, compiled" if compiled else opening)
        compiled.clear()


def hang():
    say("hangs")
    time.sleep(60)


def say(what):
    print(what, flush=True)  # noqa: T201 - to the test


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": CACHE,
        }
    }
    django.setup()
    main()
