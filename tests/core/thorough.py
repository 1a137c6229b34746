"""How many cases the properties of explanations are tried with."""

import os

from hypothesis import HealthCheck, settings

IS_THOROUGH = os.environ.get("EP_HYPOTHESIS") == "thorough"

#: Of each of ten properties: 2,000 cases in the normal suite, 100,000 in the thorough one.
CASES = 10_000 if IS_THOROUGH else 200

cases = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=settings().derandomize and not IS_THOROUGH,
    database=None,
    suppress_health_check=list(HealthCheck),
)
