"""The sandbox's settings, made fast and free of side effects for the tests.

Each process has a folder of its own for media, search index and database: runs side by side
don't meet, and nothing is left behind.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="ethical-personalization-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["BOUTIQUE_VAR"] = str(SCRATCH)
os.environ["BOUTIQUE_DEBUG"] = "0"

from boutique.settings import *  # noqa: E402, F403
from boutique.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the shop: the threads of a live server would share one connection to a
    # database in memory. It outlives no power cut, hence synchronous=OFF.
    DATABASES["default"]["NAME"] = SCRATCH / "unused.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"] |= {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    }
else:
    # PostgreSQL goes on with a query long after the page that asked for it was given up.
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=60s"}

# A throw-away server of .ci/run; it is emptied after each test, so each worker has a part of it.
if redis_url := os.environ.get("EP_REDIS_URL"):
    redis_url = redis_url.removesuffix("0") + os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
        }
    }
