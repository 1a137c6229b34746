"""What wagtail-personalisation imports is loaded when it is used."""

import os
import subprocess
import sys
from pathlib import Path

from ethical_personalization.personalization import host_imports

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from tests.benchmarks.starting import configure
configure("ours", ":memory:")
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
print("ua_parser_builtins.regexes" in sys.modules)
from wagtail_personalisation.rules import parse
print(parse("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Mobile/15E148").is_mobile)
print("ua_parser_builtins.regexes" in sys.modules)
"""


def test_patterns_of_browsers_are_compiled_for_who_asks_not_at_the_start_of_a_worker():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sandbox'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True", "True"]


def test_library_that_is_loaded_already_is_left_alone(monkeypatch):
    loaded = object()
    monkeypatch.setitem(sys.modules, "ua_parser.user_agent_parser", loaded)
    host_imports.delay()
    assert sys.modules["ua_parser.user_agent_parser"] is loaded
