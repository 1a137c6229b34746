"""Who is permitted what, after any sequence of steps on any device."""

import os
from contextlib import contextmanager

import hypothesis
import pytest
from hypothesis.stateful import run_state_machine_as_test

from .devices.machine import DevicesAndAccounts
from .devices.world import World

pytestmark = pytest.mark.django_db
IS_THOROUGH = os.environ.get("EP_HYPOTHESIS") == "thorough"
EXAMPLES, STEPS, LONGEST = (500, 40, 5) if IS_THOROUGH else (15, 15, 4)


@pytest.mark.parametrize("shared", ["", "default"], ids=["no-cache", "shared-cache"])
def test_any_sequence_of_steps_permits_what_was_last_allowed_and_no_more(clock, shared, settings):
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = shared
    machine = type("Machine", (DevicesAndAccounts,), {"clock": clock})
    run_state_machine_as_test(
        machine,
        settings=hypothesis.settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=hypothesis.settings().derandomize and not IS_THOROUGH,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )


def is_logged_in(world):
    return world.expected.devices[0].account is not None


def is_logged_out(world):
    return not is_logged_in(world)


def is_proposed(world):
    return world.expected.proposed(world.expected.devices[0])


@contextmanager
def named(*steps):
    try:
        yield
    except AssertionError as error:
        if not hasattr(error, "__notes__"):  # the longest comes first
            error.add_note("after: " + ", ".join(steps))
        raise


#: On one device, each with what has to be the case for it.
SEQUENCES = {
    "yes": (lambda world: True, lambda world: world.answers(0, stated=True)),
    "no": (lambda world: True, lambda world: world.answers(0, stated=False)),
    "login a": (is_logged_out, lambda world: world.logs_in(0, "a")),
    "login b": (is_logged_out, lambda world: world.logs_in(0, "b")),
    "logout": (is_logged_in, lambda world: world.logs_out(0)),
    "confirm": (is_proposed, lambda world: world.confirms(0, yes=True)),
    "replay": (lambda world: world.saved, lambda world: world.puts_back(0, 0)),
}


def every_sequence(world, longest, taken=()):
    """Each step that can be taken here, and from there each that can be taken then."""
    if taken and not world.saved:
        world.saves_cookie(0)
    for name, (is_possible, take) in SEQUENCES.items():
        if not is_possible(world):
            continue
        with world.taken_back(), named(*taken, name):
            take(world)
            world.check()
            if len(taken) + 1 < longest:
                every_sequence(world, longest, (*taken, name))


def test_every_short_sequence_on_one_device_permits_what_is_expected(clock):
    """Account a allowed it before; account b and the device have said nothing yet."""
    world = World(clock, devices=1)
    for name in ("login a", "yes", "logout"):
        _is_possible, take = SEQUENCES[name]
        take(world)
    every_sequence(world, LONGEST)
