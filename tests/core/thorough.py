"""The properties of explanations, tried with as many cases as one wants.

``make properties`` tries 100,000 new ones and says what was tried. A case that fails is given back
by its number: ``World(number)``.
"""

import argparse
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from math import inf
from unittest.mock import patch

from django.conf import settings as django_settings
from hypothesis import HealthCheck, assume, given, settings

from ethical_personalization.core import patience

from . import properties, properties_of_lists
from .teller import Case, Teller
from .worlds import worlds

#: In the normal suite, where they are the same each time unless it is given a seed.
CASES = 2_000
#: By the command, where they are new each time.
THOROUGH = 100_000


def explain_and_check(world, teller=None):
    """Try every property on ``world``; what there was to explain."""
    case = Case(world, teller or Teller())
    found = []
    if case.decision.is_personal:
        found.append("a version")
        for holds in properties.OF_VERSIONS:
            holds(case)
    properties.default_is_told_nothing_about(case)
    properties_of_lists.list_is_the_ranking_of_its_points(case)
    if case.listed.is_personal:
        found.append("a list")
        for holds in properties_of_lists.OF_LISTS:
            holds(case)
    return found


def try_all(cases, *, is_repeatable):
    """Let Hypothesis look for a case that fails; how many there were of each sort."""
    seen = Counter()

    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=is_repeatable,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds)
    def every_property_holds(world):
        explained = explain_and_check(world)
        assume(explained)  # what shows the default to her is tried as well, and not counted
        seen.update(("cases", *explained))

    # A machine that is busy is no reader that hangs.
    with patch.object(patience, "LIMIT_SECONDS", inf):
        every_property_holds()
    return seen


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.core.thorough", description=__doc__)
    parser.add_argument("cases", nargs="?", type=int, default=THOROUGH)
    cases = parser.parse_args().cases
    django_settings.configure(USE_I18N=False)  # for "and" between two values, and nothing else
    begun = time.process_time()
    seen = try_all(cases, is_repeatable=False)
    seconds = time.process_time() - begun
    count = len(properties.OF_VERSIONS) + len(properties_of_lists.OF_LISTS) + 2
    sys.stdout.write(
        f"{datetime.now(UTC):%Y-%m-%d}: {count} properties of {seen['cases']:,} cases hold.\n"
        f"Explained: {seen['a version']:,} versions, {seen['a list']:,} lists;"
        f" {seconds:.0f} seconds of processor time.\n"
    )


if __name__ == "__main__":
    main()
