"""What is ours, by the resolver and the app registry: what somebody adds is covered at once."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.urls import Resolver404, get_resolver, resolve, reverse
from oscar.core.loading import get_model

from ethical_personalization.shopper.guests import make_token

NAMESPACE = "ethical_personalization"
CENTER = "/preferences/"
PACKAGE = "ethical_personalization."
#: Whose order each test of this folder finds in the shop.
GUEST = "guest-of-the-shop@example.com"
#: What stands in an address for each kind of parameter; nothing has it.
NOBODYS = {
    "int": "987654321",
    "slug": "0" * 64,
    "string": "nobodys",
    "path": "nobodys",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address of ours; ``kinds`` are its parameters, by name, and ``known`` those that hold."""

    name: str
    kinds: dict
    prefix: str = ""
    known: tuple = ()

    def path(self, values=NOBODYS):
        given = {name: values[kind] for name, kind in self.kinds.items()}
        return reverse(self.prefix + self.name, kwargs={**given, **dict(self.known)})

    def __str__(self):
        return self.name


def addresses():
    """All that shoppers can reach of ours under the preference center, with a link of a guest's."""
    prefix = f"{NAMESPACE}:"
    patterns = get_resolver().namespace_dict[NAMESPACE][1].url_patterns
    found = [Address(name=p.name, kinds=_kinds(p), prefix=prefix) for p in patterns]
    link = (("token", guests_token()),)
    return [*found, Address(name="guest_data", kinds={}, prefix=prefix, known=link)]


def guests_token():
    """What a guest got in an e-mail to open the data of her order, and what nobody else has."""
    return make_token(orders_of_guest().get().pk)


def orders_of_guest():
    return get_model("order", "Order").objects.filter(guest_email=GUEST)


def _kinds(pattern):
    return {
        name: type(converter).__name__.removesuffix("Converter").lower()
        for name, converter in pattern.pattern.converters.items()
    }


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A screen in Wagtail's admin; ``area`` is the namespace of its desk, if it has one."""

    name: str
    route: str
    area: str
    view: object

    @property
    def model(self):
        return getattr(self.view, "view_initkwargs", {}).get("model")

    def path(self, known):
        """Its address: about the first row of its model, and ``known`` for other parameters."""
        row = self.model._base_manager.first() if self.model is not None else None
        given = {**known, "pk": row.pk if row is not None else known["segment_id"]}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given.get(found[1], 1)), self.route)
        return "/" + path

    def __str__(self):
        return f"{self.area}:{self.name}"


def screens():
    """Each screen of Wagtail's admin that is about personalisation, ours and the host's."""
    admin = next(p for p in get_resolver().url_patterns if p.pattern.match("admin/x"))
    return list(_screens_in(admin, ""))


def _screens_in(resolver, area):
    for entry in resolver.url_patterns:
        route = _written(resolver) + _written(entry)
        if hasattr(entry, "url_patterns"):
            for inner in _screens_in(entry, entry.namespace or area):
                yield replace(inner, route=_written(resolver) + inner.route)
        elif "personali" in area or is_ours(entry.callback):
            yield Screen(name=entry.name or route, route=route, area=area, view=entry.callback)


def _written(entry):
    """The route; of a regular expression the names of its groups in their places."""
    if not hasattr(entry.pattern, "_regex"):
        return str(entry.pattern)
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", str(entry.pattern))
    return re.sub(r"[$^\\]", "", named)


def is_ours(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    view = getattr(view, "view_class", view)
    return view.__module__.startswith(PACKAGE)


def models():
    return list(apps.get_app_config("ethical_personalization").get_models())


def everything_kept():
    """Every row of ours, with every value: to be compared with what is kept later."""
    with connection.cursor() as cursor:
        return {model: _rows(cursor, model) for model in models()}


def _rows(cursor, model):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    return sorted(map(repr, cursor.fetchall()))


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of a page with its first button pressed and every box ticked."""

    action: str
    method: str
    data: dict

    @property
    def body(self):
        """A mapping that the test client can post."""
        sent = QueryDict(mutable=True)
        for name, values in self.data.items():
            sent.setlist(name, values)
        return dict(sent.lists())

    @property
    def name(self):
        return resolve(self.action).view_name


def forms_of(response):
    """The forms of a page that post to an address of ours, once for each of their buttons."""
    page = BeautifulSoup(response.content, "html.parser")
    for form in page.find_all("form", method="post"):
        action = urldefrag(form.get("action") or response.request["PATH_INFO"]).url
        if _name_of(action).startswith(NAMESPACE):
            fields = _fields(form)
            for button in form.find_all("button") or [None]:
                yield Form(action=action, method="POST", data=fields | _pressed(button))


def _fields(form):
    data, chosen = {}, set()
    for field in form.select("input[name]"):
        if field.get("type") == "radio" and field["name"] in chosen:
            continue
        chosen.add(field["name"])
        written = "somebody@example.com" if field.get("type") == "email" else ""
        data.setdefault(field["name"], []).append(field.get("value", written))
    for field in form.select("textarea[name]"):
        data[field["name"]] = ["Some words"]
    return data


def _pressed(button):
    return {button["name"]: [button["value"]]} if button is not None and button.get("name") else {}


def links_of(response):
    """The pages of ours that a page leads to."""
    page = BeautifulSoup(response.content, "html.parser")
    for link in page.select("a[href]"):
        path = urlsplit(urldefrag(link["href"]).url).path
        if path and _name_of(path).startswith(NAMESPACE):
            yield path


def _name_of(path):
    try:
        return resolve(urlsplit(path).path).view_name or ""
    except Resolver404:
        return ""


def pages_of(client):
    """Every page of ours that the client reaches from the center by links, center first.

    ``client.letters`` are the addresses that she got by e-mail.
    """
    seen, waiting = {}, [CENTER, *getattr(client, "letters", ())]
    while waiting:
        path = waiting.pop(0)
        if path not in seen:
            seen[path] = client.get(path)
            waiting += links_of(seen[path])
    return list(seen.values())
