"""Workers of a shop as processes of their own, for tests: forked from one that has loaded Django.

``python -m tests.shopper.workers DATABASE WORKERS TASK[:CACHE] SUBJECT…`` prints JSON, one object
per line: first the process ids, then whatever each worker has done, at the moment it was answered.
``CACHE`` is the alias of the cache that they share.
"""

import json
import os
import sys
from itertools import cycle
from uuid import UUID

import django
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from ethical_personalization.core.exceptions import AnsweredBefore, PersonalizationError

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
DATABASE, WORKERS, WANTED, *SUBJECTS = sys.argv[1:]
TASK, _, SHARED_CACHE = WANTED.partition(":")


def main():
    from django.db import connection

    connection.settings_dict["NAME"] = DATABASE
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = SHARED_CACHE
    pids = []
    ready, begin = os.pipe()
    for number in range(int(WORKERS)):
        pid = os.fork()
        if not pid:
            os.close(begin)
            os.read(ready, 1)  # ends when all are there and their ids are told
            run(number)
        pids.append(pid)
    say({"pids": pids})
    os.close(begin)
    for pid in pids:
        os.waitpid(pid, 0)


def run(number):
    """The child ends here, whatever happens; an error is told as what it is."""
    try:
        {"write": write, "read": read, "serve": serve}[TASK](number)
    except (DatabaseError, PersonalizationError, ObjectDoesNotExist) as error:
        say({"worker": number, "error": repr(error)})
    finally:
        os._exit(0)


def write(number):
    """Yes and no in turn, each sent twice under one key, until nobody listens any more."""
    from django.utils import timezone
    from wagtail.models import Site

    from ethical_personalization.models import ConsentMethod, Subject
    from ethical_personalization.shopper.ledger import Occasion, record_answers
    from ethical_personalization.shopper.request_keys import digest_of, new_key

    site, turns = Site.objects.get(), cycle([True, False])
    subject = Subject(pk=UUID(SUBJECTS[number % len(SUBJECTS)]))
    purpose = ["stated", "orders", "browsing", "context"][number % 4]
    for allowed in turns:
        answers = {purpose: allowed}
        occasion = Occasion(
            site=site,
            language="en",
            method=ConsentMethod.API,
            words={"text": "A test."},
            now=timezone.now(),
            request_key=digest_of(new_key(), answers),
        )
        for _sent in range(2):
            events = send(record_answers, subject, answers, occasion)
            say({"worker": number, "events": [event.pk for event in events]})


def send(record, *said):
    """Another worker may have taken the yes back before its repetition came."""
    try:
        return record(*said)
    except AnsweredBefore:
        return []


def read(number):
    """What the next response of this worker would use, each time a line comes in for it."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from ethical_personalization.shopper.cookie import write_subject
    from ethical_personalization.shopper.shopper import Shopper

    response = HttpResponse()
    write_subject(response, UUID(SUBJECTS[0]))
    while os.read(0, 1):
        request = RequestFactory().get("/", headers={"host": "localhost"})
        request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
        say({"worker": number, "permitted": sorted(Shopper(request).permitted)})


def serve(number):
    """The whole shop over HTTP, at a port of the worker's own that it tells."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from ethical_personalization.models import published

    published.PATIENCE_SECONDS = published.SLOW_SECONDS = 5.0  # as in tests/conftest.py
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    say({"worker": number, "port": server.server_port})
    server.serve_forever()


def say(what):
    """In one write, so that lines of several workers don't mix."""
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    django.setup()
    main()
