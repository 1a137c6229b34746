"""What ``verify_consent`` finds: each kind of tampering is named, with the place."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from wagtail.models import Page, Site

from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    DailyRoot,
    Notice,
    PurposeVersion,
    Subject,
)
from ethical_personalization.shopper.roots import sign_finished_days, trusted_keys
from tests.filling import a_row

from .conftest import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(answered, subject):
    """Three events of one subject, and one of another, on two signed days."""
    other = Subject.objects.create()
    events = answered(stated=True, orders=True, browsing=False)
    events += answered(NOW + DAY, on=other, stated=True)
    sign_finished_days(now=NOW + 9 * DAY)
    return events


@pytest.fixture
def verify(capsys):
    """What the command complains about."""

    def run(**options):
        capsys.readouterr()
        try:
            call_command("verify_consent", **options)
        except CommandError as error:
            return [*capsys.readouterr().err.splitlines(), str(error)]
        return []

    return run


@pytest.fixture
def exported(tmp_path, capsys):
    """A file as it is kept elsewhere, and the public key that belongs to it."""

    def export():
        capsys.readouterr()
        call_command("export_consent_root")
        path = tmp_path / "roots.json"
        path.write_text(capsys.readouterr().out, encoding="utf-8")
        (key,) = trusted_keys().values()
        return {"against": path, "public_key": [key.hex()]}

    return export


def test_whole_ledger_is_said_to_be_whole(signed, capsys):
    call_command("verify_consent")
    said = "4 events, every chain is whole; 2 signed days stand."
    assert capsys.readouterr().out.strip() == said


def test_changed_event_is_named_with_its_subject(signed, tamper, verify):
    tamper(signed[1], status="refused")
    assert verify()[0] == (
        f"event {signed[1].pk}, subject {signed[1].subject_id}: This event was changed."
    )


def something_else(field, event):
    """A value of the field that the event does not have."""
    if field.is_relation:
        others = field.related_model.objects.exclude(pk=getattr(event, field.attname))
        return others.first() or a_row(field.related_model)
    held = getattr(event, field.name)
    if isinstance(held, bool):
        return not held
    return (
        held + timedelta(hours=1) if isinstance(held, datetime) else "ab" * (field.max_length // 2)
    )


UNDER_HASH = [f for f in ConsentEvent._meta.concrete_fields if f.name not in ("id", "hash")]


@pytest.mark.parametrize("field", UNDER_HASH, ids=lambda field: field.name)
def test_every_field_is_under_the_hash(signed, tamper, verify, field):
    other = something_else(field, signed[1])
    ConsentState.objects.filter(event=signed[1]).delete()
    tamper(signed[1], **{field.name: other})
    said = verify()
    assert any(f"event {signed[1].pk}," in line for line in said), said


@pytest.mark.parametrize("changed", ["language", "site"])
def test_place_of_a_notice_is_that_of_its_events(signed, verify, changed):
    other = Site.objects.create(hostname="other", root_page=Page.objects.first())
    value = {"language": "xx", "site": other}[changed]
    QuerySet(Notice).filter(pk=signed[1].notice_id).update(**{changed: value})
    assert any("This event was changed." in line for line in verify())


def test_lost_event_is_noticed_at_the_one_after_it(signed, tamper, verify):
    ConsentState.objects.filter(event=signed[1]).delete()
    tamper(signed[1])
    found = verify()
    assert f"event {signed[2].pk}, subject {signed[2].subject_id}: An event before" in found[0]
    assert "day 2026-06-01: 1 events are missing that have to be kept." in found


def test_cut_end_of_a_chain_is_noticed_by_the_root(signed, tamper, verify):
    ConsentState.objects.filter(event=signed[2]).delete()
    tamper(signed[2])
    assert verify() == ["day 2026-06-01: 1 events are missing that have to be kept.", "1 broken."]


def test_only_the_first_break_of_a_chain_is_named(signed, tamper, verify):
    for event in signed[:3]:
        tamper(event, language="xx")
    assert [line for line in verify() if "was changed" in line] == [
        f"event {signed[0].pk}, subject {signed[0].subject_id}: This event was changed."
    ]


def test_state_that_does_not_follow_is_named(signed, tamper, verify):
    ConsentState.objects.filter(event=signed[3]).delete()
    assert f"event {signed[3].pk}, subject {signed[3].subject_id}: The state" in verify()[0]


def test_state_without_any_event_is_named(signed, tamper, verify):
    nobody = Subject.objects.create()
    tamper(ConsentState.objects.get(event=signed[3]), subject=nobody)
    assert sum("The state does not follow" in line for line in verify()) == 2


def test_states_of_a_deleted_site_are_not_missed(signed, verify):
    Site.objects.get().delete()
    assert verify() == []


def test_changed_notice_is_named(signed, tamper, verify):
    notice = Notice.objects.get()
    tamper(notice, words={"heading": "You must"})
    assert verify() == [f"Notice {notice.pk} was changed.", "1 broken."]


def test_changed_terms_are_named(signed, tamper, verify):
    version = PurposeVersion.objects.get(purpose__key="stated")
    tamper(version, material={})
    assert verify() == ["The terms stated v1 were changed.", "1 broken."]


def test_event_that_was_added_to_a_signed_day_is_named(signed, answered, verify):
    (late,) = answered(context=True)
    assert f"event {late.pk}" in verify()[0]
    assert "not under the root of its day" in verify()[0]


def test_event_that_was_dated_before_a_signed_day_is_named(signed, answered, verify):
    (late,) = answered(NOW - 3 * DAY, context=True)
    assert verify()[0] == (
        f"event {late.pk}, subject {late.subject_id}, day 2026-05-29: "
        "This event is older than a signed root, and under none."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"root": "00" * 32}, "The signature is not that of the root."),
        ({"signature": "00" * 64}, "The signature is not that of the root."),
        ({"entries": b""}, "The entries are not those of the root."),
        ({"key_id": "00" * 8}, "The root is signed with a key that is not trusted."),
    ],
)
def test_changed_root_is_named(signed, tamper, verify, changes, said):
    tamper(DailyRoot.objects.first(), **changes)
    assert f"day 2026-06-01: {said}" in verify()


def test_lost_root_is_noticed_at_the_one_after_it(signed, tamper, verify):
    tamper(DailyRoot.objects.first())
    found = verify()
    assert "day 2026-06-02: A root before this one is missing." in found


def test_ledger_agrees_with_what_was_exported(signed, exported, capsys):
    call_command("verify_consent", **exported())
    assert "and 2 agree with the file." in capsys.readouterr().out


def test_public_key_alone_is_enough(signed, exported, settings, verify):
    options = exported()
    settings.SECRET_KEY = "the shop's own keys are elsewhere"
    assert verify(**options) == []
    assert "signed with a key that is not trusted" in verify()[0]


def test_ledger_that_was_written_anew_is_noticed_by_the_export(signed, tamper, exported, verify):
    """Whoever holds database and keys can make everything fit, except what lies elsewhere."""
    options = exported()
    for signed_day in DailyRoot.objects.all():
        tamper(signed_day)
    for event in signed:
        ConsentState.objects.filter(event=event).delete()
        tamper(event)
    assert verify() == []
    assert verify(**options) == [
        "day 2026-06-01: The exported root is missing in the database.",
        "day 2026-06-02: The exported root is missing in the database.",
        "2 broken.",
    ]


def test_forged_export_is_refused(signed, exported, verify):
    options = exported()
    said = json.loads(options["against"].read_text())
    said["roots"][0]["statement"]["size"] = 2
    options["against"].write_text(json.dumps(said))
    assert verify(**options)[0] == (
        "day 2026-06-01: The exported root bears no signature of the key."
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"roots": [{}]}', '{"roots": [1]}'])
def test_file_that_is_no_export_is_told(signed, tmp_path, text):
    path = tmp_path / "roots.json"
    path.write_text(text)
    with pytest.raises(CommandError, match="holds no roots"):
        call_command("verify_consent", against=path)


@pytest.mark.parametrize("key", ["xyz", "abcd"])
def test_public_key_that_is_none_is_told(signed, key):
    with pytest.raises(CommandError, match="64 hexadecimal digits"):
        call_command("verify_consent", public_key=[key])


def test_export_can_begin_at_a_day_and_tells_nothing_about_anybody(signed, capsys):
    call_command("export_consent_root", since=NOW.date() + DAY)
    said = capsys.readouterr().out
    assert [each["statement"]["day"] for each in json.loads(said)["roots"]] == ["2026-06-02"]
    assert not any(str(event.subject_id) in said or event.hash in said for event in signed)


def test_walk_asks_as_many_queries_for_many_subjects_as_for_few(
    signed, answered, django_assert_max_num_queries
):
    for _number in range(20):
        answered(NOW + 20 * DAY, on=Subject.objects.create(), stated=True)
    with django_assert_max_num_queries(20):
        call_command("verify_consent")
    assert ConsentEvent.objects.count() == 24
