"""Hashes of stored rows: every column counts, on every database."""

import pytest
from wagtail_personalisation.models import Segment

from ethical_personalization.models import FactRule
from ethical_personalization.models.fingerprints import Rows, _hash_in_python, ask_fingerprints

pytestmark = pytest.mark.django_db
CHANGES = {
    "segment": None,
    "fact": "stated.colours",
    "operator": "all_of",
    "value": ["sporty"],
    "negated": True,
    "group": 2,
}


@pytest.fixture
def rule():
    return FactRule.objects.create(
        segment=Segment.objects.create(name="One"),
        fact="stated.styles",
        operator="any_of",
        value=["romantic"],
    )


def rows(label="rule"):
    return Rows(label=label, queryset=FactRule.objects.all(), fields=tuple(CHANGES))


def by_the_database():
    return ask_fingerprints([rows()])["rule"]


def in_python():
    return _hash_in_python(rows())


@pytest.mark.parametrize("fingerprint", [by_the_database, in_python])
@pytest.mark.parametrize("column", CHANGES)
def test_changed_column_changes_the_hash(rule, column, fingerprint):
    before = fingerprint()
    value = CHANGES[column] or Segment.objects.create(name="Two")
    FactRule.objects.update(**{column: value})
    assert fingerprint() != before
    FactRule.objects.update(**{column: getattr(rule, column)})
    assert fingerprint() == before


@pytest.mark.parametrize("fingerprint", [by_the_database, in_python])
def test_deleted_row_changes_the_hash(rule, fingerprint):
    before = fingerprint()
    FactRule.objects.all()._raw_delete("default")
    assert fingerprint() != before


def test_values_do_not_run_into_each_other(rule):
    FactRule.objects.update(fact="a,'b", operator="c")
    before = by_the_database()
    FactRule.objects.update(fact="a", operator="'b,c")
    assert by_the_database() != before


def test_all_hashes_come_with_one_query(rule, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = ask_fingerprints([rows("first"), rows("second")])
    assert set(found) == {"first", "second"}
    assert len(set(found.values())) == 1
