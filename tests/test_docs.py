"""The documentation names everything that is public, its links lead somewhere, its code runs."""

import re
import subprocess
import sys
import unittest
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from inspect import signature
from pathlib import Path
from types import ModuleType

import oscar
import pytest
from bs4 import BeautifulSoup
from django.dispatch import Signal
from django.template import engines
from django.test import TestCase
from django.urls import include, path, reverse
from django.views.generic import TemplateView
from wagtail import hooks

from ethical_personalization import checks, discovery, signals, testing
from ethical_personalization.checks.declarations import check_declarations, check_facts
from ethical_personalization.conf import NAMES, PREFIX
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.operators import BY_KEY
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.core.registry import facts
from ethical_personalization.core.rights import RIGHTS
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.facts.browsing import visit_fact
from ethical_personalization.facts.chance import chance_fact
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.preferences.sections import HOOK as CENTER_HOOK
from ethical_personalization.preferences.sections import Section
from ethical_personalization.shopper.holdings import HOLDINGS
from ethical_personalization.templatetags.ethical_personalization import register
from tests.pages import PAGES, ROOT, page

TUTORIAL = page("docs/tutorial/first-personal-shop.md")
INSTALLING = [page("README.md"), page("docs/how-to/install.md"), TUTORIAL]


def with_blocks(role):
    return [made for made in PAGES if made.blocks(role=role)]


@contextmanager
def hooks_of(pages_blocks):
    """What ``wagtail_hooks.py`` of a shop would register, for the length of a ``with`` block."""
    before = {name: list(entries) for name, entries in hooks._hooks.items()}
    hooks._hooks.pop("register_personalization_placement", None)  # those of the boutique
    try:
        for block in pages_blocks:
            exec(compile(block.code, "wagtail_hooks.py", "exec"), {})
        discovery.connect()
        yield
    finally:
        hooks._hooks.clear()
        hooks._hooks.update(before)
        discovery.connect()


@pytest.mark.parametrize("made", PAGES, ids=str)
def test_links_lead_somewhere(made):
    for link in made.links:
        name, _hash, anchor = link.partition("#")
        target = (made.path.parent / name).resolve() if name else made.path
        assert target.exists(), f"{made}: {link}"
        if anchor:
            assert page(target).soup.find(id=anchor), f"{made}: {link}"


@cache
def reached_from_the_readme():
    reached, new = set(), {page("README.md").path}
    while new:
        reached |= new
        links = {
            (each.parent / link.split("#")[0]).resolve()
            for each in new
            for link in page(each).links
        }
        new = {link for link in links if link.suffix == ".md"} - reached
    return reached


@pytest.mark.parametrize("made", PAGES, ids=str)
def test_page_is_reached_from_the_readme(made):
    assert made.path in reached_from_the_readme()


def test_every_setting_is_documented():
    named = set(re.findall(rf"{PREFIX}\w+", page("docs/reference/settings.md").text))
    assert named == {PREFIX + name for name in NAMES}


def test_every_check_is_documented():
    folder = Path(checks.__file__).parent
    source = "".join(found.read_text(encoding="utf-8") for found in folder.glob("*.py"))
    numbers = re.findall(r'"([EW]\d{3})"', source)
    documented = re.findall(
        r"`ethical_personalization\.(\w+)`", page("docs/reference/checks.md").text
    )
    assert sorted(documented) == sorted(numbers)


def test_every_hook_is_documented():
    headings = page("docs/reference/hooks.md").headings
    named = {name for name in headings if name.startswith(("register_", "construct_"))}
    assert {*discovery.HOOKS, CENTER_HOOK} == named


@pytest.mark.django_db
def test_every_fact_is_documented_as_it_is_declared():
    PreferenceQuestion.objects.exclude(key="styles").delete()
    declared = {
        fact.key.replace(".styles", ".<question>"): (
            fact.kind.name,
            fact.purpose or "none",
            fact.may_price,
            fact.is_encrypted,
        )
        for fact in [*facts.all().values(), visit_fact(0, "Linen"), chance_fact(0, "Half")]
    }
    declared["browsing.page_visits.<page>"] = declared.pop("browsing.page_visits.0")
    declared["chance.<segment>"] = declared.pop("chance.0")
    rows = [
        [cell.get_text() for cell in row("td")]
        for row in page("docs/reference/facts.md").soup("tr")[1:]
    ]
    assert declared == {
        key: (kind, purpose, "May touch prices" in text, "encrypted" in text)
        for key, kind, purpose, text in rows
    }


@pytest.mark.parametrize("kind", [PurposeDeclaration, Fact, RuleDeclaration, Placement, Section])
def test_every_field_of_a_declaration_is_documented(kind):
    text = page("docs/reference/hooks.md").text
    section = next(part for part in text.split("\n## ") if f".{kind.__name__}`" in part)
    assert [each.name for each in fields(kind) if f"`{each.name}`" not in section] == []


def test_every_kind_and_comparison_is_documented():
    text = page("docs/reference/hooks.md").text
    assert [name for name in [*BY_KEY, *FactKind.__members__] if f"`{name}`" not in text] == []


def test_rights_of_each_basis_are_documented_as_they_are():
    cells = [
        [cell.get_text() for cell in row("td")]
        for row in page("docs/explanation/consent.md").soup("tr")
    ]
    documented = {
        row[0].replace(" ", "_"): set(re.findall(r"\((\d+(?:\(\d\))?)\)", row[1]))
        for row in cells
        if row and "pause (18)" in row[1]
    }
    assert documented == {basis.value: set(rights) for basis, rights in RIGHTS.items()}


def test_every_situation_of_devices_and_accounts_has_its_row_and_its_test():
    rows = page("docs/explanation/devices-and-accounts.md").soup("tr")[1:]
    written = (ROOT / "tests/shopper/test_situations.py").read_text(encoding="utf-8")
    tests = re.findall(r"^def (test_\w+)\(", written, re.MULTILINE)
    assert sorted(row("td")[-1].get_text() for row in rows) == sorted(tests)


def test_every_template_tag_is_documented():
    assert set(register.tags) == set(page("docs/reference/template-tags.md").headings[1:])


def test_every_property_of_the_look_is_documented():
    folder = Path(checks.__file__).parent.parent / "static" / "ethical_personalization"
    styles = "".join(found.read_text(encoding="utf-8") for found in folder.glob("*.css"))
    used = set(re.findall(r"var\((--ep-[a-z-]+)|^ +(--ep-[a-z-]+):", styles, re.MULTILINE))
    text = page("docs/reference/look.md").text
    assert {name for pair in used for name in pair if f"`{name}`" not in text} <= {""}


def test_every_event_is_documented():
    folder = Path(checks.__file__).parent.parent / "static" / "ethical_personalization"
    scripts = "".join((folder / name).read_text() for name in ("ep-why.js", "ep-normal.js"))
    sent = set(re.findall(r'"(ep:[a-z-]+)"', scripts))
    assert sent == set(re.findall(r"`(ep:[a-z-]+)`", page("docs/reference/look.md").text))


def test_every_signal_is_documented():
    sent = {name for name, found in vars(signals).items() if isinstance(found, Signal)}
    assert sent == set(page("docs/reference/signals.md").headings[1:])


def test_every_command_is_documented():
    folder = Path(checks.__file__).parent.parent / "management" / "commands"
    commands = {found.stem for found in folder.glob("[!_]*.py")}
    named = re.findall(r"^\| `(\w+)", page("docs/reference/commands.md").text, re.MULTILINE)
    assert set(named) == commands


def test_inventory_is_documented_as_it_is_enforced():
    rows = [row("td") for row in page("docs/reference/inventory.md").soup("tr")[1:]]
    told = {cells[0].get_text(): (cells[1].get_text(), cells[3].get_text()) for cells in rows}
    assert told == {holding.model: (str(holding.title), str(holding.kept)) for holding in HOLDINGS}


def test_every_testing_helper_is_documented():
    headings = page("docs/reference/testing.md").headings[1:]
    assert sorted(heading.split("(")[0] for heading in headings) == testing.__all__


@pytest.mark.parametrize("made", PAGES, ids=str)
def test_code_compiles(made):
    for block in made.blocks():
        compile(block.code, str(made), "exec")
    for block in made.blocks("html"):
        engines["django"].from_string(block.code)


@pytest.mark.parametrize("made", [p for p in PAGES if p.blocks(role="")], ids=str)
@pytest.mark.django_db
def test_plain_code_runs(made):
    for block in made.blocks(role=""):
        exec(compile(block.code, str(made), "exec"), {"__name__": "docs"})


@pytest.mark.parametrize("made", with_blocks("hooks"), ids=str)
def test_hooks_register_something_sound(made):
    with hooks_of(made.blocks(role="hooks")):
        assert [check_declarations(), check_facts()] == [[], []]


@pytest.mark.parametrize("made", with_blocks("test"), ids=str)
@pytest.mark.django_db
def test_tests_pass(made, request, settings, tmp_path):
    """Its hooks are registered and its template is the page at ``/``, as its reader made them."""
    for block in made.blocks("html", role="corner"):
        (tmp_path / "corner.html").write_text(block.code, encoding="utf-8")
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
        settings.ROOT_URLCONF = urls_with_home("corner.html")
    for block in made.blocks("html", role="letters_section"):
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop/letters_section.html").write_text(block.code, encoding="utf-8")
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
    with hooks_of(made.blocks(role="hooks")):
        for block in made.blocks(role="test"):
            namespace = {}
            exec(compile(block.code, str(made), "exec"), namespace)
            for name in [name for name in namespace if name.lower().startswith("test")]:
                run(namespace[name], request)


def run(test, request):
    if isinstance(test, type):
        if test is not TestCase:
            result = unittest.TestResult()
            unittest.defaultTestLoader.loadTestsFromTestCase(test).run(result)
            assert result.testsRun and result.wasSuccessful(), (result.errors, result.failures)
        return
    test(**{name: request.getfixturevalue(name) for name in signature(test).parameters})


def urls_with_home(template_name):
    made = ModuleType("urls_of_the_docs")
    made.urlpatterns = [
        path("", TemplateView.as_view(template_name=template_name)),
        path("", include("boutique.urls")),
    ]
    return made


def test_installing_is_the_same_on_every_page():
    for role in ("settings", "urls"):
        assert len({made.blocks(role=role)[0].code for made in INSTALLING}) == 1


#: Our checks before and after its addresses are added, and its migrations.
CHECKING = f"""
import sys, django
from django.core.management import CommandError, call_command
from django.test import override_settings
sys.path[:0] = [".", {str(ROOT)!r}]
django.setup()
check = lambda: call_command("check", tags=["ethical_personalization"], fail_level="WARNING")
with override_settings(ROOT_URLCONF="tests.bare_shop.urls"):
    try:
        check()
    except CommandError as error:
        print("by half:", " ".join(str(error).split()))
check()
call_command("makemigrations", check_changes=True, dry_run=True)
"""


def test_shop_installed_by_half_is_told_the_rest_and_then_has_nothing_to_complain(tmp_path):
    code = {"settings": "import os\nfrom tests.bare_shop.settings import *\n", "urls": ""}
    code["settings"] += 'ROOT_URLCONF = "shop_urls"\n'
    code["urls"] += "from django.urls import include, path\nfrom tests.bare_shop.urls import *\n"
    for block in page("docs/how-to/install.md").blocks():
        code[block.role] += block.code
    for role, text in code.items():
        (tmp_path / f"shop_{role}.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECKING],
        cwd=tmp_path,
        env={"DJANGO_SETTINGS_MODULE": "shop_settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    by_half, _newline, whole = done.stdout.partition("\n")
    assert by_half.startswith("by half:"), done.stderr
    assert "ethical_personalization.E007" in by_half
    assert "No changes detected" in whole, done.stderr


@pytest.mark.django_db
def test_oscars_own_templates_ask_once_they_are_extended_as_the_docs_say(
    client, settings, tmp_path
):
    (tmp_path / "oscar/partials").mkdir(parents=True)
    for role, name in (("layout", "layout"), ("footer", "partials/footer")):
        (block,) = page("docs/how-to/install.md").blocks("html", role=role)
        (tmp_path / f"oscar/{name}.html").write_text(block.code, encoding="utf-8")
    folders = [tmp_path, Path(oscar.__file__).parent / "templates"]
    settings.TEMPLATES = [{**engine, "DIRS": folders} for engine in settings.TEMPLATES]
    soup = BeautifulSoup(client.get(reverse("customer:login")).text, "html.parser")
    assert soup.find(string=re.compile("Login or register"))  # Oscar's, not the boutique's
    assert soup.select("body > ep-consent")
    assert soup.select("head > link[href$='ep.css']")
    assert soup.select("footer a[href='/preferences/']")
