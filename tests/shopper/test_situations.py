"""The rows of docs/explanation/devices-and-accounts.md, each as its steps over HTTP."""

import pytest

from tests.databases import module_transaction, once_per_module
from tests.shopper.devices import probe

pytestmark = pytest.mark.django_db
db, four_purposes = module_transaction, once_per_module(probe.four_purposes)
PHONE, LAPTOP, TABLET = range(3)
NOTHING = set()


@pytest.fixture
def everywhere(world):
    """One account on three devices, which allowed two things on one of them."""
    for number in (PHONE, LAPTOP, TABLET):
        world.logs_in(number, "a")
    world.answers(PHONE, stated=True, care=True, service=False)
    return world


def test_yes_of_a_device_is_proposed_at_login_and_not_taken_over(world):
    world.answers(PHONE, stated=True, service=False)
    world.logs_in(PHONE, "a")
    assert world.sees(PHONE) == NOTHING
    assert world.is_proposed(PHONE) == {"stated"}
    world.logs_out(PHONE)
    assert world.sees(PHONE) == {"stated"}


def test_confirmed_proposal_is_the_accounts_and_the_old_cookie_gives_nothing(world):
    world.answers(PHONE, stated=True, service=False)
    world.saves_cookie(PHONE)
    world.logs_in(PHONE, "a")
    world.confirms(PHONE, yes=True)
    assert "stated" in world.sees(PHONE)
    world.logs_out(PHONE)
    world.puts_back(PHONE)
    assert world.sees(PHONE) == NOTHING
    world.logs_in(PHONE, "b")
    assert world.is_proposed(PHONE) == NOTHING


def test_declined_proposal_is_not_made_again(world):
    world.answers(PHONE, stated=True, service=False)
    world.logs_in(PHONE, "a")
    world.confirms(PHONE, yes=False)
    assert world.is_proposed(PHONE) == NOTHING
    world.logs_out(PHONE)
    assert world.sees(PHONE) == NOTHING


def test_older_no_of_a_device_narrows_the_account_there_only(world):
    world.answers(PHONE, stated=False)
    world.logs_in(LAPTOP, "a")
    world.answers(LAPTOP, stated=True, service=False)
    world.logs_in(PHONE, "a")
    assert world.sees(PHONE) == NOTHING
    assert world.sees(LAPTOP) == {"stated"}


def test_newer_no_of_a_device_takes_the_yes_of_the_account_back_at_login(everywhere):
    everywhere.logs_out(PHONE)
    everywhere.answers(PHONE, stated=False)
    assert everywhere.sees(LAPTOP) == {"stated", "care"}
    everywhere.logs_in(PHONE, "a")
    assert everywhere.sees(LAPTOP) == everywhere.sees(PHONE) == {"care"}


def test_yes_of_the_account_overrules_the_no_of_its_device(world):
    world.answers(PHONE, stated=False, care=True, service=False)
    world.saves_cookie(PHONE)
    world.logs_in(PHONE, "a")
    world.answers(PHONE, stated=True)
    assert world.sees(PHONE) == {"stated"}
    world.logs_out(PHONE)
    world.puts_back(PHONE)
    assert world.sees(PHONE) == NOTHING


def test_no_of_a_device_stays_when_an_account_says_no_as_well(world):
    world.answers(PHONE, stated=False)
    world.logs_in(LAPTOP, "b")
    world.answers(LAPTOP, stated=True, service=False)
    world.logs_in(PHONE, "a")
    world.answers(PHONE, care=True)
    world.answers(PHONE, stated=False)
    world.logs_out(PHONE)
    world.logs_in(PHONE, "b")
    assert world.sees(PHONE) == NOTHING
    assert world.sees(LAPTOP) == {"stated"}


def test_no_of_a_device_counts_anew_once_it_has_a_pseudonym(everywhere):
    everywhere.logs_out(PHONE)
    everywhere.answers(PHONE, stated=False)
    everywhere.answers(LAPTOP, stated=True)
    everywhere.answers(PHONE, care=True)
    everywhere.logs_in(PHONE, "a")
    assert everywhere.sees(LAPTOP) == {"care"}


def test_banner_from_before_a_login_changes_nothing_of_the_account(world):
    phone, _device = world.on(PHONE)
    banner = phone.opens_banner()
    world.logs_in(PHONE, "b")
    assert phone.presses(banner, "all") == phone.presses(banner, "none") == 409
    assert world.sees(PHONE) == NOTHING
    world.answers_banner(PHONE, yes=True)
    assert world.sees(PHONE) >= {"stated", "care", "browsing"}


def test_logout_leaves_nothing_of_the_account(everywhere):
    everywhere.logs_out(PHONE)
    assert everywhere.sees(PHONE) == NOTHING
    assert everywhere.browsers[PHONE].cookie == ""


def test_second_account_gets_nothing_of_the_first(everywhere):
    everywhere.logs_out(PHONE)
    everywhere.logs_in(PHONE, "b")
    assert everywhere.sees(PHONE) == NOTHING
    assert everywhere.is_proposed(PHONE) == NOTHING


def test_withdrawing_on_one_of_three_devices_holds_on_all(everywhere):
    assert everywhere.sees(TABLET) == {"stated", "care"}
    everywhere.answers(LAPTOP, stated=False)
    assert [everywhere.sees(number) for number in (PHONE, LAPTOP, TABLET)] == [{"care"}] * 3


def test_deleted_account_gives_nothing_and_a_new_one_begins_anew(everywhere):
    everywhere.deletes_account(LAPTOP)
    assert everywhere.sees(PHONE) == NOTHING
    everywhere.logs_in(PHONE, "a")
    assert everywhere.sees(PHONE) == NOTHING


def test_cookie_from_before_a_withdrawal_gives_nothing(world):
    world.answers(PHONE, stated=True, service=False)
    world.saves_cookie(PHONE)
    world.answers(PHONE, stated=False)
    world.puts_back(PHONE)
    world.puts_back(LAPTOP)
    assert world.sees(PHONE) == world.sees(LAPTOP) == NOTHING


def test_cookie_of_another_device_gives_what_its_holder_allows_now(world):
    world.answers(PHONE, stated=True, care=True, service=False)
    world.saves_cookie(PHONE)
    world.puts_back(LAPTOP)
    world.answers(PHONE, care=False)
    assert world.sees(LAPTOP) == {"stated"}


def test_cookie_of_another_device_is_only_proposed_to_an_account(world):
    world.answers(PHONE, stated=True)
    world.saves_cookie(PHONE)
    world.logs_in(LAPTOP, "a")
    world.puts_back(LAPTOP)
    assert world.sees(LAPTOP) == NOTHING
    assert world.is_proposed(LAPTOP) == {"stated"}


def test_device_forgets_its_cookie_after_its_time(world):
    world.answers(PHONE, stated=True, service=False)
    world.answers(LAPTOP, stated=False)
    world.waits(181)
    assert world.sees(PHONE) == NOTHING
    assert world.browsers[LAPTOP].cookie == ""


def test_yes_that_ran_out_comes_back_by_a_new_yes_alone(everywhere):
    everywhere.waits(31)
    assert everywhere.sees(TABLET) == {"stated"}
    everywhere.answers(TABLET, care=True)
    assert everywhere.sees(PHONE) == {"stated", "care"}


def test_yes_to_older_terms_is_over_even_if_these_come_back(everywhere):
    everywhere.changes_terms("stated")
    assert everywhere.sees(PHONE) == {"care"}
    everywhere.changes_terms("stated", back=True)
    assert everywhere.sees(PHONE) == {"care"}


def test_pause_of_the_account_holds_on_every_device_until_it_ends(everywhere):
    everywhere.pauses(LAPTOP)
    assert everywhere.sees(PHONE) == NOTHING
    everywhere.pauses(TABLET, paused=False)
    assert everywhere.sees(PHONE) == {"stated", "care"}


def test_paused_device_proposes_nothing_and_narrows_who_logs_in(everywhere):
    everywhere.logs_out(PHONE)
    everywhere.answers(PHONE, browsing=True)
    everywhere.pauses(PHONE)
    everywhere.logs_in(PHONE, "a")
    assert everywhere.sees(PHONE) == everywhere.is_proposed(PHONE) == NOTHING
    assert everywhere.sees(LAPTOP) == {"stated", "care"}
    everywhere.pauses(PHONE, paused=False)
    assert everywhere.is_proposed(PHONE) == {"browsing"}


def test_objection_holds_whichever_cookie_is_put_back(world):
    world.answers(PHONE, care=True)
    assert world.sees(PHONE) == {"care", "service"}
    world.saves_cookie(PHONE)
    world.answers(PHONE, service=False)
    world.puts_back(PHONE)
    assert world.sees(PHONE) == {"care"}


def test_age_takes_back_on_every_device_and_its_end_opens_nothing(everywhere):
    everywhere.is_under_age(LAPTOP, until_end_of_year=True)
    assert everywhere.sees(PHONE) == {"care"}
    everywhere.waits(320)
    everywhere.answers(PHONE, care=True)
    assert everywhere.sees(PHONE) == {"care"}
    everywhere.answers(PHONE, stated=True)
    assert everywhere.sees(TABLET) == {"stated", "care"}


def test_gpc_narrows_the_browser_that_sends_it_and_no_other(everywhere):
    everywhere.sends_gpc(PHONE)
    assert everywhere.sees(PHONE) == NOTHING
    assert everywhere.sees(LAPTOP) == {"stated", "care"}
    everywhere.answers(PHONE, care=True)
    assert everywhere.sees(PHONE) == {"care"}


def test_cookie_from_before_an_erasure_gives_nothing(world):
    world.answers(PHONE, stated=True)
    world.saves_cookie(PHONE)
    world.erases(PHONE)
    world.puts_back(LAPTOP)
    assert world.sees(PHONE) == world.sees(LAPTOP) == NOTHING
    world.waits(8)
    world.undoes(LAPTOP)
    assert world.sees(LAPTOP) == NOTHING


def test_undone_erasure_gives_back_what_was_allowed_and_no_more(everywhere):
    everywhere.answers(PHONE, care=False)
    everywhere.erases(PHONE)
    assert everywhere.sees(LAPTOP) == NOTHING
    everywhere.undoes(TABLET)
    assert everywhere.sees(LAPTOP) == {"stated"}


def test_new_choice_of_the_account_ends_the_way_back(everywhere):
    everywhere.erases(PHONE)
    everywhere.answers(LAPTOP, browsing=True, service=False)
    everywhere.undoes(PHONE)
    assert everywhere.sees(PHONE) == {"browsing"}
