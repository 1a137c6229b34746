"""A browser without JavaScript: reads the forms of a page and sends them as they stand."""

from collections import defaultdict

from bs4 import BeautifulSoup
from django.test import Client

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


class Visitor:
    def __init__(self, client=None, headers=SAME_ORIGIN):
        self.client = client or Client(enforce_csrf_checks=True)
        self.headers = headers
        self.response = None
        self.page = None

    def opens(self, path="/preferences/"):
        return self._reads(self.client.get(path))

    def presses(self, label, *, within=None, ticks=(), headers=None, accept="text/html"):
        """Press the button with that label after ticking ``ticks``: pairs of name and value."""
        scope = self.page.select_one(within) if within else self.page
        button = next(b for b in scope.find_all("button") if _is_called(b, label))
        form = button.find_parent("form")
        data = _fields(form, ticks)
        if button.get("name"):
            data[button["name"]].append(button["value"])
        sent = {**(self.headers if headers is None else headers), "accept": accept}
        path = form.get("action") or self.response.request["PATH_INFO"]
        return self._reads(self.client.post(path, dict(data), headers=sent))

    def follows(self):
        """Where the last response leads."""
        return self.opens(self.response["Location"])

    @property
    def cookie(self):
        """The value of our cookie, or None."""
        morsel = self.client.cookies.get("ep_choices")
        return morsel.value if morsel is not None and morsel.value else None

    @property
    def text(self):
        return " ".join(self.page.get_text(" ").split())

    def _reads(self, response):
        self.response = response
        self.page = BeautifulSoup(response.content, "html.parser")
        return self


def _is_called(button, label):
    return button.get_text(strip=True) == label or button.get("aria-label") == label


def _fields(form, ticks):
    data = defaultdict(list)
    chosen = {name for name, _value in ticks}
    for field in form.find_all("input"):
        kind, name, value = field.get("type"), field["name"], field["value"]
        is_replaced = kind == "radio" and name in chosen
        if kind == "hidden" or (field.has_attr("checked") and not is_replaced):
            data[name].append(value)
    for name, value in ticks:
        data[name].append(value)
    return data
