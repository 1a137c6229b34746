"""The sandbox's settings, made fast and free of side effects for the tests."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.gettempdir()) / f"ethical-personalization-{os.getuid()}"
os.environ.setdefault("BOUTIQUE_VAR", str(_scratch))
os.environ.setdefault("BOUTIQUE_DEBUG", "0")

from boutique.settings import *  # noqa: E402, F403
from boutique.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory: the journal settings of the file make no sense there.
    DATABASES["default"]["OPTIONS"] = {"timeout": 20}
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
