"""What a strict Content-Security-Policy asks of our templates, and the weight of our files."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import Context, Template

import ethical_personalization

PACKAGE = Path(ethical_personalization.__file__).parent
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
STATIC = PACKAGE / "static" / "ethical_personalization"
#: One reads our mark in the cache mode "fragment", two put in what our server rendered.
EXCEPTIONS = {
    "ep-held.js": ["document.cookie"],
    "ep-parts.js": ["innerHTML"],
    "ep-normal.js": ["innerHTML"],
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_script_style_or_handler(path):
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+\s*=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


def test_assets_are_given_to_a_page_once():
    tag = "{% load ethical_personalization %}{% personalization_assets %}"
    first, second = Template(f"{tag}|{tag}").render(Context()).split("|")
    assert first.count("<link") == 1
    assert first.count('<script type="module"') == 4
    assert second == ""


@pytest.mark.parametrize(("kind", "kilobytes"), [("js", 8), ("css", 6)])
def test_files_stay_light(kind, kilobytes):
    files = list(STATIC.glob(f"*.{kind}"))
    assert files
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= kilobytes * 1024


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_module_is_short_and_keeps_nothing(path):
    source = path.read_text()
    assert len(source.splitlines()) < 150
    found = re.findall(r"localStorage|sessionStorage|document\.cookie|innerHTML|eval\(", source)
    assert found == EXCEPTIONS.get(path.name, [])


def test_script_that_looks_for_the_mark_never_writes_a_cookie():
    assert not re.search(r"cookie\s*[+]?=[^>]", (STATIC / "ep-held.js").read_text())
