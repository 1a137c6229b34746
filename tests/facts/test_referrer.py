"""Which site led the shopper here: another one, by its name, and nothing else of its address."""

import pytest

from .conftest import told

KEY = "context.referrer_host"


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.Example.org/linen?q=dress", "example.org"),
        ("http://news.example.org:8080/", "news.example.org"),
        ("https://example.org.", "example.org"),
        ("https://somebody:secret@example.org/", "example.org"),
        ("https://xn--mller-kva.example/", "xn--mller-kva.example"),
    ],
)
def test_site_is_named_without_anything_around_it(read, referrer, host):
    assert read(KEY, referer=referrer).value == host


@pytest.mark.parametrize(
    "referrer",
    [
        "",
        "example.org",
        "android-app://com.example.mail/",
        "javascript:alert(1)",
        "https://",
        "https://[::1",
        "https://[::1]/",
        "https://192.168.0.1/",
        "https://localhost/",
        "https://ex ample.org/",
        "https://-example.org/",
        "https://<b>.example.org/",
        "https://m\u00fcller.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 200 + "example/",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_what_is_no_site_is_unknown(read, referrer):
    assert not read(KEY, referer=referrer).is_known


@pytest.mark.parametrize("host", ["www.shop.example", "shop.example", "shop.example:8000"])
def test_shop_itself_led_nobody_here(read, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    sent = {"host": host, "referer": "https://www.shop.example/linen/"}
    assert not read(KEY, **sent).is_known


def test_other_hosts_of_the_shop_led_nobody_here_either(read, settings):
    settings.ALLOWED_HOSTS = ["testserver", ".shop.example"]
    assert not read(KEY, referer="https://de.shop.example/").is_known
    assert read(KEY, referer="https://other.example/").is_known


def test_site_is_told_in_both_directions(read):
    reading = read(KEY, referer="https://example.org/")
    assert told(KEY, reading, "one_of", ["example.org"]) == "You came here from example.org."
    assert told(KEY, reading, "one_of", ["example.com"], negated=True) == (
        "You did not come here from example.com."
    )
