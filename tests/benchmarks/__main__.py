"""Bare, with wagtail-personalisation, and with us, side by side.

The database is SQLite, or PostgreSQL with BOUTIQUE_DATABASE=postgresql and the variables that libpq
knows. It is made for the run and deleted afterwards. Exit code 1: a target was missed.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "sandbox"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.benchmarks.command import main  # noqa: E402 - needs the apps

sys.exit(main(sys.argv[1:], __doc__))
