"""The shop in several processes: what one worker was told holds in the next answer of each."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from threading import Barrier

import pytest
import requests
from bs4 import BeautifulSoup
from django.core.management import call_command

from ethical_personalization.models import ConsentEvent, ConsentState, Purpose, Subject
from tests.personalization.conftest import home, segment, site, variant  # noqa: F401
from tests.shopper.test_many_workers import workers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WORKERS, ROUNDS = 3, 2
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64)", "sec-fetch-site": "same-origin"}
HERS, EVERYBODYS = "For your computer", "For everybody"
on_redis = pytest.param("default", marks=pytest.mark.redis)


class Shop:
    """A browser's view of it: every request goes to the worker of that number."""

    def __init__(self, ports):
        self.ports = ports
        self.cookies = {}

    def page(self, worker, path="/"):
        url = self._url(worker, path)
        answer = requests.get(url, cookies=self.cookies, headers=BROWSER, timeout=30)
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    def openings(self):
        """What the home page begins with, in the next answer of each worker."""
        return {self.page(worker).select_one(".hero__opening").text for worker in range(WORKERS)}

    def form(self, worker, answer):
        """The fields of a form of the preference center with its button ``answer`` pressed."""
        page = self.page(worker, "/preferences/")
        form = page.select_one("form:has(input[name=key]):has([value=all])")
        hidden = form.select("input[type=hidden]")
        return {field["name"]: field["value"] for field in hidden} | {"answer": answer}

    def send(self, worker, form):
        """The cookie that the answer sets; the browser has to take it itself."""
        answer = requests.post(
            self._url(worker, "/preferences/choices/"),
            form,
            cookies=self.cookies,
            headers=BROWSER,
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code == 302, answer.text
        return dict(answer.cookies)

    def says(self, worker, answer):
        self.cookies |= self.send(worker, self.form(worker, answer))

    def sends_at_once(self, sendings):
        """Each a worker and a form; the cookies of each answer."""
        barrier = Barrier(len(sendings))

        def send(sending):
            barrier.wait(timeout=10)
            return self.send(*sending)

        with ThreadPoolExecutor(len(sendings)) as pool:
            return list(pool.map(send, sendings))

    def _url(self, worker, path):
        return f"http://127.0.0.1:{self.ports[worker]}{path}"


@pytest.fixture(
    params=["", pytest.param("default", marks=pytest.mark.redis)], ids=["none", "redis"]
)
def shop(request, home, segment, variant):  # noqa: F811
    """Workers of a shop with a page for whoever allows what the visit itself says."""
    variant(home, segment("Computers", ("context.device", "one_of", ["desktop"])), HERS)
    with _served(f"serve:{request.param}") as ports:
        yield Shop(ports)


@contextmanager
def _served(task):
    with workers(WORKERS, task, []) as (process, _pids):
        told = [json.loads(process.stdout.readline()) for _number in range(WORKERS)]
        yield {said["worker"]: said["port"] for said in told}


def verify():
    call_command("verify_consent", stdout=StringIO())


def test_workers_agree_on_what_was_allowed_sent_twice_and_said_at_once(shop):
    """One shop for all of it, because its processes take seconds to start."""
    _first_yes_to_every_worker_at_once_is_recorded_once(shop)
    _withdrawal_in_one_worker_holds_in_the_next_answer_of_each(shop)
    _form_that_is_sent_to_two_workers_is_recorded_once(shop)
    _yes_and_no_at_once_end_as_the_ledger_says(shop)
    verify()


def _first_yes_to_every_worker_at_once_is_recorded_once(shop):
    form = shop.form(0, "all")
    cookies = shop.sends_at_once([(worker, form) for worker in range(WORKERS)])
    assert len({cookie["ep_choices"].split(":")[0] for cookie in cookies}) == 1
    assert Subject.objects.count() == 1
    assert ConsentEvent.objects.count() == Purpose.objects.count()
    shop.cookies |= cookies[0]
    assert shop.openings() == {HERS}


def _withdrawal_in_one_worker_holds_in_the_next_answer_of_each(shop):
    for turn in range(ROUNDS):
        shop.says(turn % WORKERS, "none")
        assert shop.openings() == {EVERYBODYS}
        shop.says((turn + 1) % WORKERS, "all")
        assert shop.openings() == {HERS}


def _form_that_is_sent_to_two_workers_is_recorded_once(shop):
    for turn in range(ROUNDS):
        for answer in ("none", "all"):
            before, form = ConsentEvent.objects.count(), shop.form(turn % WORKERS, answer)
            shop.sends_at_once([(0, form), (1 + turn % 2, form)])
            assert ConsentEvent.objects.count() == before + Purpose.objects.count()


def _yes_and_no_at_once_end_as_the_ledger_says(shop):
    for turn in range(ROUNDS):
        said = [(answer, shop.form(turn % WORKERS, answer)) for answer in ("all", "none")]
        shop.sends_at_once([(turn % 2 + number, form) for number, (_, form) in enumerate(said)])
        events = ConsentEvent.objects.order_by("pk").values_list("purpose_version__purpose", "pk")
        states = ConsentState.objects.values_list("event__purpose_version__purpose", "event")
        assert dict(states) == dict(events)
        (last,) = {state.event.status for state in ConsentState.objects.select_related("event")}
        assert shop.openings() == {HERS if last == "given" else EVERYBODYS}
