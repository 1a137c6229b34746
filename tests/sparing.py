"""What a process of tests spares itself."""

import gc

import pytest
from django.template import Template

#: As in the shop: Django's test environment puts one in its place.
_render = Template._render


def pytest_collection_finish():
    """What is imported stays, so the garbage collector needn't search it again and again."""
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session", autouse=True)
def _templates_as_in_the_shop(django_test_environment):
    """Django's copies every context for ``response.context``, which no test asks for."""
    Template._render = _render
