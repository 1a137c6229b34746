"""The shop and what is expected of it, side by side: each step is taken in both, then compared."""

from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.models import Purpose, Subject
from ethical_personalization.shopper.age import OPEN_END
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.shopper.states import rebuild_states

from .browser import PASSWORD, Browser
from .expected import Expected
from .people import COOKIE, Cookie, Device

START = datetime(2031, 3, 1, 12, tzinfo=timezone.get_fixed_timezone(0))
DONE, NOT_UNDERSTOOD = 302, 400
PAGES = "/preferences/"


def savepoint():
    """Django 6.1 has given it another name."""
    return getattr(transaction, "savepoint_create", transaction.savepoint)()


class World:
    """Devices by number, accounts by name. Every step takes a minute."""

    def __init__(self, clock, devices=3):
        cache.clear()
        self.clock = clock
        self.expected = Expected(START, devices)
        self.browsers = [Browser() for _ in range(devices)]
        self.saved = []
        self._tick()

    def on(self, number):
        self._tick()
        return self.browsers[number], self.expected.devices[number]

    def answers(self, number, **answers):
        browser, device = self.on(number)
        if set(answers) & self.expected.withheld(device):
            assert browser.chooses(answers) == NOT_UNDERSTOOD
        else:
            assert browser.chooses(answers) == DONE
            self.expected.answer(device, answers)

    def answers_banner(self, number, *, yes):
        browser, device = self.on(number)
        asked = browser.answers_banner("all" if yes else "none")
        if asked is not None:
            self.expected.answer(device, dict.fromkeys(asked, yes))

    def confirms(self, number, *, yes):
        browser, device = self.on(number)
        if proposed := self.expected.proposed(device):
            assert browser.confirms("all" if yes else "none") == DONE
            self.expected.answer(device, dict.fromkeys(proposed, yes), takes_over=True)

    def logs_in(self, number, name):
        browser, device = self.on(number)
        email = f"{name}@example.com"
        if name not in self.expected.accounts:
            get_user_model().objects.create_user(name, email, PASSWORD)
        browser.logs_in(email)
        self.expected.log_in(device, name)

    def logs_out(self, number):
        browser, device = self.on(number)
        browser.logs_out()
        device.account = None

    def deletes_account(self, number):
        browser, device = self.on(number)
        browser.deletes_account()
        self.expected.delete_account(device.account)

    def erases(self, number):
        browser, device = self.on(number)
        done = browser.posts(f"{PAGES}your-data/erase/confirm/", do="confirm")
        assert done == (DONE if self.expected.can_erase(device) else NOT_UNDERSTOOD)
        if done == DONE:
            self.expected.erase(device)

    def undoes(self, number):
        browser, device = self.on(number)
        done = browser.posts(f"{PAGES}your-data/undo/", do="undo")
        assert done == (DONE if self.expected.undo(device) else NOT_UNDERSTOOD)

    def pauses(self, number, *, paused=True):
        browser, device = self.on(number)
        done = browser.posts(f"{PAGES}pause/", pause="on" if paused else "off")
        assert done == (DONE if self.expected.both(device) else NOT_UNDERSTOOD)
        self.expected.pause(device, paused=paused)

    def is_under_age(self, number, *, until_end_of_year=False):
        browser, device = self.on(number)
        year, until = "", OPEN_END
        if until_end_of_year:
            year = timezone.localtime(self.expected.now).year
            until = timezone.make_aware(datetime(year + 1, 1, 1))
        assert browser.posts(f"{PAGES}age/", age="under", year=year) == DONE
        self.expected.is_under_age(device, until)

    def is_of_age(self, number):
        browser, device = self.on(number)
        assert browser.posts(f"{PAGES}age/", age="of_age") == DONE
        self.expected.is_of_age(device)

    def sends_gpc(self, number, *, sends=True):
        browser, device = self.on(number)
        browser.sends_gpc(sends=sends)
        device.gpc = sends

    def saves_cookie(self, number):
        browser, device = self.on(number)
        if device.cookie != Cookie():
            self.saved.append((browser.cookie, device.cookie))

    def saves_cookies(self):
        """Each that was not seen before."""
        for browser, device in zip(self.browsers, self.expected.devices, strict=True):
            if device.cookie != Cookie() and (browser.cookie, device.cookie) not in self.saved:
                self.saved.append((browser.cookie, device.cookie))

    def puts_back(self, number, which=-1):
        browser, device = self.on(number)
        if self.saved:
            raw, cookie = self.saved[which]
            browser.holds(raw, COOKIE)
            self.expected.hold(device, cookie)

    def waits(self, days):
        """And the nightly command runs."""
        self.expected.time_passes(days)
        self._tick()
        call_command("enforce_retention", verbosity=0)

    def changes_terms(self, key, *, back=False):
        self._tick()
        purpose = Purpose.objects.get(key=key)
        purpose.recipients = "" if back else f"{purpose.recipients}Somebody else\n"
        purpose.save()
        self.expected.version[key] += 1

    def sees(self, number):
        """What is permitted on a device, if all is as expected on each."""
        self._tick()
        return set(self.check()[number]["permitted"])

    def is_proposed(self, number):
        return set(self.browsers[number].looks()["proposed"])

    def check(self):
        """What each device sees, after a comparison with what is expected of it."""
        seen = [browser.looks() for browser in self.browsers]
        for number, of_device in enumerate(seen):
            self._check_device(number, of_device)
        for name in self.expected.accounts:
            self._check_account(name)
        return seen

    def check_ledger(self):
        call_command("verify_consent", verbosity=0)
        assert rebuild_states() == 0

    def _check_device(self, number, seen):
        device = self.expected.devices[number]
        may = self.expected.permitted(device)
        assert set(seen["permitted"]) <= may, f"device {number} gets more than was allowed"
        assert may <= set(seen["permitted"]), f"device {number} lost a yes"
        assert set(seen["shown"]) == may, f"device {number} shows something else"
        assert set(seen["proposed"]) == self.expected.proposed(device)
        assert len(seen["proposed"]) == len(set(seen["proposed"]))

    def _check_account(self, name):
        """What a job may do for her, and that no device carries her pseudonym."""
        subject = Subject.objects.filter(user__username=name).first()
        may = self.expected.permitted(Device(account=name))
        site = Site.objects.get(is_default_site=True)
        assert (permitted_now(subject.pk, site) if subject else set()) == may
        carried = [browser.cookie for browser in self.browsers]
        assert subject is None or not any(subject.pk.hex in cookie for cookie in carried)

    def _tick(self):
        self.expected.now += timedelta(minutes=1)
        self.expected.forget_old_cookies()
        self.clock.now = self.expected.now

    @contextmanager
    def taken_back(self):
        """What is done inside is undone afterwards, in both."""
        before, browsers = savepoint(), [each.state for each in self.browsers]
        expected, saved = deepcopy((self.expected, self.saved))
        yield
        self.expected, self.saved = expected, saved
        self.clock.now = self.expected.now
        for browser, state in zip(self.browsers, browsers, strict=True):
            browser.state = state
        transaction.savepoint_rollback(before)
