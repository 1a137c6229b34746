"""A real nginx before the shop, set up by the very lines of the documentation."""

import socket
import subprocess
import time
from contextlib import closing

import pytest
import requests
from boutique.models import HomePage
from django.test import Client
from wagtail.models import Page, Site

from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.testing import consent_given, published_segment
from tests.machine import NGINX
from tests.pages import page

DOCUMENTED = page("docs/how-to/cache-pages.md")
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=shop:1m;
    {before}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {shop};
            proxy_set_header Host $http_host;
            proxy_cache shop;
            proxy_cache_valid 200 10m;
            add_header X-Cache-Status $upstream_cache_status always;
            {inside}
        }}
    }}
}}
"""


def lines(role):
    (block,) = DOCUMENTED.blocks("nginx", role=role)
    return block.code


@pytest.fixture
def nginx(live_server, tmp_path):
    """Starts nginx before the shop; gives its address."""
    started = []

    def start(before, inside):
        folder = tmp_path / f"nginx-{len(started)}"
        folder.mkdir()
        port = _free_port()
        text = CONFIGURATION.format(
            folder=folder, port=port, shop=live_server.url, before=before, inside=inside
        )
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        started.append(subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"]))
        _wait_for(port, folder / "error.log")
        return f"http://127.0.0.1:{port}"

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def shop(live_server):
    """A page that shows each of two segments something else."""
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which?", options="linen\nwool\nsilk")
    versions = [
        {
            "segment": published_segment(name, [("stated.fabric", "any_of", [name])]).pk,
            "content": f"<p>For who likes {name}</p>",
        }
        for name in ("wool", "silk")
    ]
    value = {"default": "<p>For everybody</p>", "versions": versions}
    site = Site.objects.get(is_default_site=True)
    home = HomePage(title="Home", slug="start", body=[("personalized", value)])
    home.body = home._meta.get_field("body").to_python([{"type": "personalized", "value": value}])
    site.root_page = Page.get_first_root_node().add_child(instance=home)
    site.save()
    return site.root_page


@pytest.fixture
def browser_of():
    """A browser of somebody who likes a fabric, or of a visitor without a choice."""

    def make(fabric=None, *, user=None):
        session, client = requests.Session(), Client()
        if user is not None:
            client.force_login(user, backend="oscar.apps.customer.auth_backends.EmailBackend")
        if fabric is not None:
            consent_given(client, answers={"fabric": [fabric]})
        for name, morsel in client.cookies.items():
            session.cookies.set(name, morsel.value)
        session.client = client
        return session

    return make


def _free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, log):
    for _attempt in range(100):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8"))
