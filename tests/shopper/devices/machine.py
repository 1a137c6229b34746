"""Every step that shoppers, devices and the shop can take, in any order."""

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from .people import PURPOSES
from .world import World, savepoint

devices = st.integers(0, 2)
purposes = st.sampled_from(sorted(PURPOSES))
answers = st.dictionaries(purposes, st.booleans(), min_size=1)
#: So that no proof of a choice runs out meanwhile, three years after it.
LONGEST_DAYS = 900


def is_logged_in(device):
    return device.account is not None


def is_logged_out(device):
    return device.account is None


def _account_allows_all(world):
    world.logs_in(1, "a")
    world.answers(1, **dict.fromkeys(PURPOSES, True))


#: What may be the case before the first step: a random one seldom gets that far.
BEGINNINGS = {
    "account a allows all": _account_allows_all,
    "device 0 allows all": lambda world: world.answers(0, **dict.fromkeys(PURPOSES, True)),
    "device 2 refuses something": lambda world: world.answers(2, stated=False),
}
NARROWINGS = {
    "pause": lambda world, number: world.pauses(number),
    "end the pause": lambda world, number: world.pauses(number, paused=False),
    "under age": lambda world, number: world.is_under_age(number),
    "this year": lambda world, number: world.is_under_age(number, until_end_of_year=True),
    "of age": lambda world, number: world.is_of_age(number),
    "send gpc": lambda world, number: world.sends_gpc(number),
    "send no gpc": lambda world, number: world.sends_gpc(number, sends=False),
}


class DevicesAndAccounts(RuleBasedStateMachine):
    """Three devices, two accounts; a savepoint around each example."""

    clock = None

    def __init__(self):
        super().__init__()
        self.savepoint = savepoint()
        self.world = World(self.clock)
        self.days = 0

    def teardown(self):
        try:
            self.world.check_ledger()
        finally:
            transaction.savepoint_rollback(self.savepoint)

    @initialize(beginning=st.sets(st.sampled_from(sorted(BEGINNINGS))))
    def begin(self, beginning):
        for name in sorted(beginning):
            BEGINNINGS[name](self.world)

    @rule(number=devices, answers=answers)
    def answer(self, number, answers):
        self.world.answers(number, **answers)

    @rule(number=devices, key=purposes)
    def say_yes(self, number, key):
        self.world.answers(number, **{key: True})

    @rule(number=devices, yes=st.booleans())
    def answer_banner(self, number, yes):
        self.world.answers_banner(number, yes=yes)

    @precondition(lambda self: self.devices_where(is_logged_out))
    @rule(data=st.data(), name=st.sampled_from("ab"))
    def log_in(self, data, name):
        self.world.logs_in(data.draw(st.sampled_from(self.devices_where(is_logged_out))), name)

    @precondition(lambda self: self.devices_where(is_logged_in))
    @rule(data=st.data())
    def log_out(self, data):
        self.world.logs_out(data.draw(st.sampled_from(self.devices_where(is_logged_in))))

    @precondition(lambda self: self.devices_where(self.world.expected.proposed))
    @rule(data=st.data(), yes=st.booleans())
    def answer_proposal(self, data, yes):
        proposed = self.devices_where(self.world.expected.proposed)
        self.world.confirms(data.draw(st.sampled_from(proposed)), yes=yes)

    @precondition(lambda self: self.world.saved)
    @rule(data=st.data(), number=devices)
    def put_cookie_back(self, data, number):
        self.world.puts_back(number, data.draw(st.integers(0, len(self.world.saved) - 1)))

    @rule(number=devices, undoes=st.booleans())
    def erase_or_undo(self, number, undoes):
        (self.world.undoes if undoes else self.world.erases)(number)

    @precondition(lambda self: self.devices_where(is_logged_in))
    @rule(data=st.data())
    def delete_account(self, data):
        self.world.deletes_account(data.draw(st.sampled_from(self.devices_where(is_logged_in))))

    @rule(number=devices, how=st.sampled_from(sorted(NARROWINGS)))
    def narrow_or_widen(self, number, how):
        NARROWINGS[how](self.world, number)

    @precondition(lambda self: self.days < LONGEST_DAYS)
    @rule(days=st.sampled_from([1, 8, 40, 190]))
    def wait(self, days):
        self.days += days
        self.world.waits(days)

    @rule(key=purposes)
    def change_terms(self, key):
        self.world.changes_terms(key)

    @invariant()
    def shop_does_what_is_expected(self):
        self.world.saves_cookies()
        self.world.check()

    def devices_where(self, holds):
        devices = self.world.expected.devices
        return [number for number, device in enumerate(devices) if holds(device)]
