"""What one subject costs is measured on a database whose changes are committed."""

import pytest

from ethical_personalization.models import Subject
from tests.benchmarks.figures import MOST_COOKIE_BYTES, Figures
from tests.benchmarks.report import as_markdown
from tests.benchmarks.subjects import measure_subjects

pytestmark = pytest.mark.django_db(transaction=True)


def test_subject_is_measured_among_others():
    Subject.objects.bulk_create([Subject(), Subject()])  # of whoever measured before
    found = measure_subjects(among=40, erasures=3)
    assert (found.queries, found.queries_with_shared_cache) == (1, 0)
    assert found.cookie_bytes <= MOST_COOKIE_BYTES
    assert len(found.erased_ms) == 3
    assert all(milliseconds > 0 for milliseconds in found.erased_ms)
    assert "| erasing one of 40 subjects: at most" in as_markdown(Figures(subjects=found))
