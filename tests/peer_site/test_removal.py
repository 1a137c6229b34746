"""We leave nothing behind: not in an adopter's migrations, not in her site."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from ethical_personalization.models import ConsentEvent
from ethical_personalization.models.guards import missing_guards
from ethical_personalization.testing import consent_given
from tests.peer_site.processes import output_of, start


def test_migrations_of_a_site_never_name_us(database_of):
    apps = ("with_our_block", "peer_site", "wagtail_personalisation")
    writing = ("-m", "django", "makemigrations", *apps, "--dry-run", "--skip-checks", "-v3")
    said = output_of(start("block", database_of("ours"), *writing))
    assert "name='StoryPage'" in said
    assert said.count("class Migration") == 1, said
    assert "ethical_personalization" not in said


@pytest.fixture(scope="module")
def shown(database_of):
    """What a site shows that never had us, and one that we were removed from."""
    removed = database_of("ours")
    output_of(start("ours", removed, "-m", "tests.peer_site.life"))
    looking = ("-m", "tests.peer_site.look", str(database_of("alone")), str(removed))
    said = output_of(start("alone", removed, *looking))
    return json.loads(said.strip().splitlines()[-1])


@pytest.mark.parametrize("who", ["visitor", "member", "editor", "deleted", "left"])
def test_site_without_us_is_as_if_we_had_never_been_there(shown, who):
    assert shown["removed"][who] == shown["alone"][who]


def test_site_that_we_left_works(shown):
    assert "For friends" in shown["removed"]["member"][0][1][1]
    assert shown["removed"]["deleted"] == [200, 302]
    assert shown["removed"]["left"][1] == ["By a rule of ours"]


def test_page_of_our_type_is_found_by_nobody_and_can_be_deleted(shown):
    assert shown["page"] == [404, 200, 302, False]


#: Tables, sequences and indexes; then what SQLite has not: functions and their triggers.
OURS_IN_POSTGRESQL = """
    SELECT relname FROM pg_class WHERE relname LIKE 'ethical_personalization%'
    UNION ALL SELECT conname FROM pg_constraint WHERE conname LIKE 'ethical_personalization%'
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def left_in_postgresql():
    with connection.cursor() as cursor:
        cursor.execute(OURS_IN_POSTGRESQL)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_keeps_no_table_trigger_or_function_of_ours(client):
    consent_given(client, "stated")
    assert {"ep_refuse", "ep_event_is_kept", ConsentEvent._meta.db_table} <= left_in_postgresql()
    call_command("migrate", "ethical_personalization", "zero", verbosity=0, skip_checks=True)
    assert left_in_postgresql() == set()
    call_command("migrate", "ethical_personalization", verbosity=0, skip_checks=True)
    assert missing_guards() == []
