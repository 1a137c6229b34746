"""The preference center as sections: what a shop adds, moves or drops, and what fails in it."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.template import engines
from django.utils import timezone
from wagtail import hooks

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.models import ConsentEvent, SealedRecord
from ethical_personalization.preferences.history import NEWEST, PER_PAGE
from ethical_personalization.preferences.sections import FRAME, HOOK, Section
from ethical_personalization.testing import consent_given, published_segment, registered
from tests.queries import asked

from .visitor import Visitor

pytestmark = pytest.mark.django_db
FACTS, CHOICES = 60, 500
MAX_QUERIES = 12
#: In the query that a worker asks once a second, whoever comes.
FRESHNESS = "AS label, md5("
MAX_BYTES = 130_000  # it is 112 kB


@contextmanager
def constructed(*functions):
    with hooks.register_temporarily([(HOOK, function) for function in functions]):
        yield


def keys_of(visitor):
    shown = [section["id"] for section in visitor.page.select("section.ep-section")]
    listed = [link["href"].removeprefix("#") for link in visitor.page.select(".ep-page__nav a")]
    assert shown == listed
    return shown


def section(key="mail", context=lambda page: {}, **fields):
    given = {"heading": "Messages", "template": FRAME, "order": 60, **fields}
    return Section(key=key, context=context, **given)


def test_a_hook_adds_moves_replaces_and_drops_sections(visitor):
    def construct(request, sections):
        kept = [each for each in sections if each.key != "questions"]
        sections[:] = [replace(each, order=1) if each.key == "data" else each for each in kept]
        sections.append(section())
        sections.append(section(key="age", heading="How old you are", order=95))
        sections.append(section(key="prices", context=lambda page: None))

    visitor.opens()
    usual = keys_of(visitor)
    with constructed(construct):
        visitor.opens()
    kept = [key for key in usual if key not in ("data", "questions", "age", "history")]
    assert keys_of(visitor) == ["data", *kept, "mail", "age", "history"]
    assert visitor.page.select_one("#age h2").get_text() == "How old you are"


def missing(page):
    return SealedRecord.objects.get(pk=0)


def broken_query(page):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    "broken",
    [
        section(context=missing),
        section(context=broken_query),
        section(template="there/is/none.html"),
        section(context=lambda page: 5),
    ],
)
def test_section_that_fails_is_a_sentence_and_a_line_in_the_log(visitor, broken, caplog):
    visitor.opens()
    usual = keys_of(visitor)
    with constructed(lambda request, sections: sections.append(broken)):
        visitor.opens()
    assert visitor.response.status_code == 200
    assert sorted(keys_of(visitor)) == sorted([*usual, "mail"])
    assert "can’t be shown at the moment" in visitor.page.find(id="mail").get_text()
    assert len(visitor.page.select(".ep-note--wrong")) == 1
    assert "what=section:mail" in caplog.text


def not_a_section(request, sections):
    sections.append("mail")


def test_hook_that_fails_changes_nothing(visitor, caplog):
    def fails(request, sections):
        sections.clear()
        raise ValueError("her name")

    visitor.opens()
    usual = keys_of(visitor)
    with constructed(fails, not_a_section):
        visitor.opens()
    assert keys_of(visitor) == usual
    assert caplog.text.count(f"what={HOOK}") == 2
    assert "her name" not in caplog.text


def test_template_of_a_shop_extends_the_one_it_takes_the_place_of(visitor, settings, tmp_path):
    name = "ethical_personalization/preferences/age.html"
    own = tmp_path / name
    own.parent.mkdir(parents=True)
    own.write_text(
        f'{{% extends "{name}" %}}{{% block ep_section_end %}}<p>For parents.</p>{{% endblock %}}'
    )
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
    assert engines["django"].dirs == [tmp_path]
    text = visitor.opens().page.find(id="age").get_text()
    assert "For parents." in text
    assert "If you are under 16" in text


def failing(*args):
    raise LookupError("her value")


@pytest.mark.parametrize("broken", [{"in_words": failing}, {"choices": failing}])
def test_fact_that_can_not_be_told_leaves_the_others(visitor, broken, caplog):
    consent_given(visitor.client, "orders")
    good = fact("good")
    with registered(good, replace(fact("bad"), **broken)):
        known = visitor.opens().page.find(id="known")
        data = visitor.opens("/preferences/your-data/")
    assert "velvet" in known.find(id="at-good").get_text()
    assert "Can’t be read at the moment" in known.find(id="at-bad").get_text()
    assert data.response.status_code == 200
    assert "her value" not in caplog.text


def test_facts_that_fail_all_together_leave_the_rest_of_the_page(visitor):
    consent_given(visitor.client, "orders")
    broken = fact("bad")
    with registered(replace(broken, label=Unreadable())):
        visitor.opens()
    assert visitor.page.select("#choices form")
    assert "can’t be shown at the moment" in visitor.page.find(id="known").get_text()


class Unreadable:
    def __str__(self):
        raise LookupError


def test_what_rests_on_a_fact_and_a_purpose_is_told(visitor):
    with registered(fact("good")):
        published_segment("Soft", [("orders.good", "any_of", ["velvet"])], benefit="Velvet first.")
        card = visitor.opens().page.find(id="choice-orders")
        assert "With it you can be shown" in card.get_text()
        consent_given(visitor.client, "orders")
        visitor.opens()
    assert "Without it you see what everybody sees" in visitor.page.find(id="choice-orders").text
    assert "Velvet first." in visitor.page.find(id="at-good").get_text()
    assert "Nothing at the moment" in visitor.page.find(id="choice-browsing").get_text()


@pytest.mark.django_db(transaction=True)
def test_sixty_facts_and_five_hundred_choices_stay_light(visitor):
    with registered(*(fact(f"number{number}") for number in range(FACTS))):
        visitor.opens().presses("Allow all").follows()
        repeat_choice(CHOICES)
        visitor.opens()  # what editors published is compiled by the first page
        with asked() as found:
            visitor.opens()
    queries = [sql for sql in found if FRESHNESS not in sql]
    known = visitor.page.select("#known .ep-fact")
    assert len([row for row in known if "velvet" in row.get_text()]) == FACTS
    assert len(visitor.page.select("#history > ol > li")) == NEWEST
    assert len(queries) <= MAX_QUERIES, queries  # with the two of the shop's own header
    assert len(visitor.response.content) < MAX_BYTES


def test_all_choices_are_paged_newest_first_and_none_is_lost(visitor):
    visitor.opens().presses("Allow all").follows().presses("Until I say so").follows()
    repeat_choice(2 * PER_PAGE)
    visitor.opens().opens(visitor.page.find("a", string="All your choices")["href"])
    told = []
    while True:
        told += [entry.get_text() for entry in visitor.page.select("#history > ol > li")]
        older = visitor.page.find("a", rel="next")
        if older is None:
            break
        visitor.opens(visitor.response.request["PATH_INFO"] + older["href"])
    assert len(told) == 2 * PER_PAGE + 2  # with the pause and the first choice
    assert "paused" in told[0]
    assert "allowed" in told[-1]


@pytest.mark.parametrize("before", ["soon", "", "2026-13-45", "2026-01-01T00:00:00Z"])
def test_history_of_nobody_and_of_no_time_is_a_page(before):
    visitor = Visitor().opens(f"/preferences/history/?before={before}")
    assert visitor.response.status_code == 200
    assert not visitor.client.cookies


def repeat_choice(times):
    """As if she had chosen so often before, once a day."""
    first = ConsentEvent.objects.order_by("pk").first()
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            subject=first.subject,
            purpose_version=first.purpose_version,
            notice=first.notice,
            status="refused",
            method=first.method,
            language=first.language,
            site=first.site,
            at=timezone.now() - timedelta(days=number + 1),
            previous_hash=f"{number:064}",
            hash=f"{number:064}",
        )
        for number in range(times)
    )


def fact(name):
    return Fact(
        key=f"orders.{name}",
        label=f"The {name} one",
        kind=FactKind.SET,
        purpose="orders",
        data_category="Purchase",
        source="From the test.",
        reader=lambda source: frozenset({"velvet"}),
        sentence=lambda evidence, values: values,
        change_at=f"at-{name}",
    )
