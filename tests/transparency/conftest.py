"""Pages with a banner and with reasons."""

from tests.preferences.conftest import _cold_cache, home, question, user, visitor  # noqa: F401
