"""Whatever is sent to a screen of the desk is answered, and saves nothing that makes no sense."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ethical_personalization.models import Feedback, Subject
from tests.databases import module_transaction, once_per_module
from tests.editor import conftest as at_desk
from tests.editor.forms import RULES, errors_of, fields_of
from tests.filling import a_row
from tests.security.ours import NAMESPACE, everything_kept, screens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
#: The same each time: much of these screens is Wagtail's, and a new find there is not ours to mend.
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
GARBAGE = [
    "\x00",
    "a\x00b",
    "9" * 30,
    "9" * 400,
    "-1",
    "0",
    "1e400",
    "NaN",
    "٣",
    "2026-13-45",
    "[]",
    "{}",
    "x" * 70_000,
    "\u202e<x>%s{{7}}",
]
#: In place of what an address names.
WRONG = {
    "int": ["0", "9" * 30],
    "uuid": ["00000000-0000-4000-8000-000000000000"],
    "slug": ["nobodys", "9" * 30],
    "str": ["nobodys", "9" * 30, "%00"],
    "": ["nobodys", "9" * 30, "%00"],
}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
#: Its dialogue for choosing fails at a key that is no number, of any model.
OF_WAGTAIL = "wagtailsnippetchoosers_wagtail_personalisation_segment"
#: What lists take beside their filters.
OF_LISTS = ("p", "q", "ordering", "export", "locale", "_w_filter_fragment", "results_only")
#: Tried by a test of their own.
COUNTED = ("-INITIAL_FORMS", "-TOTAL_FORMS", "-id")
OF_FORMS = ("add", "edit")
#: Forms in which nothing but free text is entered.
ALL_TEXT = ("ethical_personalization_feedback:edit",)


def is_ours(screen):
    return screen.model is not None and screen.model._meta.app_label == NAMESPACE


db = module_transaction
superuser, styles, policy = map(
    once_per_module, (at_desk.superuser, at_desk.styles, at_desk.policy)
)


@pytest.fixture(scope="module")
def filled(superuser, policy):
    """A desk with a row on each screen, made once."""
    desk = Client()
    desk.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    a_row(Feedback, subject=Subject.objects.create())  # who wants an answer
    for model in {screen.model for screen in screens() if is_ours(screen)}:
        if not model._base_manager.exists():
            a_row(model)
    return desk


@pytest.fixture(scope="module")
def forms(filled):
    """Name -> address and fields, of each form for one row."""
    found = {}
    for screen in screens():
        if is_ours(screen) and screen.name in OF_FORMS:
            path = screen.path({"segment_id": 1})
            found[str(screen)] = path, fields_of(filled.get(path))
    assert len(found) >= 10
    return found


def wrong_addresses(screen):
    for place in range(max(map(len, WRONG.values()))):
        yield "/" + PARAMETER.sub(
            lambda found: WRONG[found[1] or ""][place % len(WRONG[found[1] or ""])],  # noqa: B023
            screen.route,
        )


def test_addresses_of_nothing_are_answered_and_change_nothing(filled):
    before = everything_kept()
    for screen in screens():
        if PARAMETER.search(screen.route) and screen.area != OF_WAGTAIL:
            for path in dict.fromkeys(wrong_addresses(screen)):
                for method in (filled.get, filled.post):
                    assert method(path).status_code in (200, 302, 400, 403, 404, 405), path
    assert everything_kept() == before


def test_lists_are_answered_whatever_they_are_asked(filled):
    before = everything_kept()
    for screen in screens():
        if is_ours(screen) and not PARAMETER.search(screen.route):
            path = screen.path({"segment_id": 1})
            page = BeautifulSoup(filled.get(path).content, "html.parser")
            fields = page.select('form[method="get"] [name], [data-w-filters] [name]')
            names = {field["name"] for field in fields}
            for value in GARBAGE[1:-2:3]:
                asked = dict.fromkeys({*names, *OF_LISTS}, value)
                assert filled.get(path, asked).status_code in (200, 400, 404), (path, value)
    assert everything_kept() == before


def send(client, path, fields):
    """The answer, and whether something was saved; which is undone."""
    before = everything_kept()
    with transaction.atomic():
        answer = client.post(path, fields)
        after = everything_kept()
        transaction.set_rollback(True)
    return answer, after != before


def assert_refused_or_saved(answer, is_saved, what):
    """Nothing in between: a form that comes back says why, and has saved nothing."""
    assert answer.status_code in (200, 302, 400), what
    if answer.status_code != 302:
        assert not is_saved, what
        assert answer.status_code == 400 or errors_of(answer), what


def test_forms_full_of_garbage_are_refused_with_a_message(filled, forms):
    for name, (path, fields) in forms.items():
        for value in GARBAGE[0:6:4]:
            answer, is_saved = send(filled, path, dict.fromkeys(fields, value))
            assert_refused_or_saved(answer, is_saved, (name, value[:20]))
            is_text = name in ALL_TEXT and "\x00" not in value and len(value) < 4000
            assert (answer.status_code == 302) is is_text, (name, value[:20])


@FEW
@given(data=st.data())
def test_forms_with_some_wrong_values_are_refused_with_a_message_or_saved(filled, forms, data):
    name = data.draw(st.sampled_from(sorted(forms)))
    path, fields = forms[name]
    usual = sorted(name for name in fields if not name.endswith(COUNTED))
    names = st.lists(st.sampled_from(usual), unique=True, max_size=3)
    wrong = {name: data.draw(st.sampled_from(GARBAGE)) for name in data.draw(names)}
    missing = set(data.draw(names))
    sent = {name: value for name, value in (fields | wrong).items() if name not in missing}
    answer, is_saved = send(filled, path, sent)
    assert_refused_or_saved(answer, is_saved, name)


NUMBERS = st.sampled_from(["", "x", "-1", "0", "1", "2", "9" * 30, "\x00"])


@settings(FEW, max_examples=6)
@given(total=NUMBERS, initial=NUMBERS, key=NUMBERS, fact=st.sampled_from(["", "orders.count"]))
@example(total=None, initial=None, key="1", fact="")
def test_rules_that_no_page_of_ours_would_send_are_refused_or_saved(
    filled, forms, total, initial, key, fact
):
    path, fields = forms["wagtailsnippets_ethical_personalization_segmentpolicy:edit"]
    wrong = {"TOTAL_FORMS": total, "INITIAL_FORMS": initial, "0-id": key, "0-fact": fact}
    sent = {**fields, **{f"{RULES}-{name}": value for name, value in wrong.items()}}
    sent = {name: value for name, value in sent.items() if value is not None}
    for more in ({}, {"action-publish": "action-publish"}):
        answer, is_saved = send(filled, path, sent | more)
        assert_refused_or_saved(answer, is_saved, sorted(more))
