"""A browser before the shop: keeps cookies as long as they hold, and sends what pages offer."""

import re
from copy import deepcopy
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.preferences.visitor import SAME_ORIGIN

PASSWORD = "demo-pass-1"
CHOICES = "/preferences/choices/"
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Browser:
    """One device. A cookie is gone when its time is over, as the test client would not do."""

    def __init__(self):
        self.client = Client()
        self._until = None

    @property
    def cookie(self):
        morsel = self.client.cookies.get("ep_choices")
        return morsel.value if morsel is not None else ""

    @property
    def state(self):
        """All that it holds, to be put back later."""
        return deepcopy((self.client.cookies, self._until))

    @state.setter
    def state(self, state):
        self.client.cookies, self._until = deepcopy(state)

    def holds(self, cookie, kept):
        """Put a cookie in place by hand."""
        self.client.cookies["ep_choices"] = cookie
        self._until = timezone.now() + kept

    def sends_gpc(self, *, sends):
        self.client.defaults.pop("HTTP_SEC_GPC", None)
        if sends:
            self.client.defaults["HTTP_SEC_GPC"] = "1"

    def looks(self):
        return self._hears(self.client.get, "/probe/").json()

    def posts(self, address, **body):
        return self._hears(self.client.post, address, body, headers=SAME_ORIGIN).status_code

    def logs_in(self, email):
        login = {"login-username": email, "login-password": PASSWORD, "login_submit": "1"}
        assert self.posts(reverse("customer:login"), **login) == 302

    def logs_out(self):
        assert self._hears(self.client.get, reverse("customer:logout")).status_code == 302

    def deletes_account(self):
        assert self.posts(reverse("customer:profile-delete"), password=PASSWORD) == 302

    def chooses(self, answers):
        """The choices of the preference center; the status of the answer."""
        said = {f"choice-{key}": "yes" if yes else "no" for key, yes in answers.items()}
        page = self._hears(self.client.get, "/preferences/").text
        return self.posts(CHOICES, **fields(page, "choices"), answer="some", **said)

    def confirms(self, answer):
        """The proposal after login."""
        page = self._hears(self.client.get, "/preferences/").text
        return self.posts(CHOICES, **fields(page, "proposal"), answer=answer)

    def answers_banner(self, answer):
        """The purposes that the banner asked about; None where there is none."""
        banner = self.opens_banner()
        if "<form" not in banner:
            return None
        assert self.presses(banner, answer) == 302
        return set(re.findall(r'type="checkbox" name="choice-(\w+)"', banner))

    def opens_banner(self):
        """A page with the question, if she is asked."""
        return self._hears(self.client.get, "/banner/").text

    def presses(self, banner, answer):
        """The status of the answer to a page that may have been open for a while."""
        return self.posts(CHOICES, **dict(_FIELD.findall(banner)), answer=answer)

    def _hears(self, send, *args, **kwargs):
        if self._until is not None and timezone.now() >= self._until:
            self.client.cookies.pop("ep_choices", None)
        response = send(*args, **kwargs)
        if written := response.cookies.get("ep_choices"):
            kept = timedelta(seconds=int(written["max-age"] or 0))
            self._until = timezone.now() + kept
        return response


def fields(page, section):
    """The hidden fields of the form in a part of the preference center."""
    _before, _id, after = page.partition(f'id="{section}"')
    return dict(_FIELD.findall(after.partition("</section>")[0]))
