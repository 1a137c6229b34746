"""Property tests try the same cases each time, or with ``--hypothesis-seed`` those of that seed."""

from hypothesis import settings


def pytest_configure(config):
    """Before any test is imported: what it sets for itself builds on this."""
    is_seeded = config.getoption("--hypothesis-seed") is not None
    settings.register_profile("ours", derandomize=not is_seeded, database=None)
    settings.load_profile("ours")
