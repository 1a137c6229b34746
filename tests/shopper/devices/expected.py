"""What may be used on each device after any sequence of steps, said once more in plain dicts.

It shares no code with the package. The page "Devices and accounts" of the docs says the same.
"""

from datetime import timedelta

from .people import COOKIE, PROFILES, PURPOSES, UNDO, Cookie, Device, Person

KEPT = object()


class Expected:
    """The shop as it should be: devices, accounts, and the terms of today."""

    def __init__(self, now, devices=3):
        self.now = now
        self.version = dict.fromkeys(PURPOSES, 1)
        self.accounts = {}
        self.devices = [Device() for _ in range(devices)]
        self.erasures = []

    # Who is who

    def carried(self, device):
        """The nameless person of the device."""
        person = device.cookie.person
        return None if person is None or person.gone or person.of_account else person

    def known(self, device):
        return self.carried(device) if device.account is None else self.accounts[device.account]

    def both(self, device):
        found = [self.known(device), self.carried(device)]
        return list({id(person): person for person in found if person is not None}.values())

    def refused_here(self, device):
        refused = dict(device.cookie.refused)
        if device.account is not None and (carried := self.carried(device)):
            refused |= carried.refused()
        return refused

    # What may be used

    def is_minor(self, device):
        notes = [person.minor_until for person in self.both(device)]
        notes.append(device.cookie.minor_until)
        return any(note is not None and self.now < note for note in notes)

    def withheld(self, device):
        """What is not even offered."""
        return PROFILES if self.is_minor(device) else set()

    def is_held_back(self, person):
        is_minor = person.minor_until is not None and self.now < person.minor_until
        return person.paused or is_minor

    def permitted(self, device):
        """A yes that stands, or what needs none, on this device, now."""
        person, refused = self.known(device), self.refused_here(device)
        if person is None or any(each.paused for each in self.both(device)):
            return set()
        stand = {key for key in PURPOSES if self._stands(person, key, sends_gpc=device.gpc)}
        return stand - set(refused) - self.withheld(device)

    def _stands(self, person, key, *, sends_gpc):
        word = person.said.get(key)
        is_yes = word is not None and word["yes"] and self._holds(key, word)
        if sends_gpc and not (is_yes and word["despite"]):
            return False
        return is_yes if PURPOSES[key]["asks"] else word is None or word["yes"]

    def _holds(self, key, word):
        return word["version"] == self.version[key] and self.now < word["until"]

    def proposed(self, device):
        """A yes of the device on which the account has said nothing."""
        carried = self.carried(device)
        if device.account is None or carried is None or self.is_held_back(carried):
            return set()
        answered = self.accounts[device.account].said if self.accounts[device.account] else {}
        allowed = {key for key, word in carried.said.items() if word["yes"]}
        return allowed - set(answered) - self.withheld(device)

    # What shoppers do

    def answer(self, device, answers, *, takes_over=False):
        refused, person = self.refused_here(device), self._who_answers(device, answers)
        if person is None:
            return self._carry(device, refused | dict.fromkeys(answers, self.now))
        earlier = {} if person.of_account else dict.fromkeys(dict(device.cookie.refused), False)
        self._say(person, earlier | answers, despite=device.gpc)
        if not person.of_account:
            return self.hold(device, Cookie(person=person))
        carried, left = (
            self.carried(device),
            {k: at for k, at in refused.items() if not answers.get(k)},
        )
        is_let_go = takes_over or len(left) < len(refused)
        if carried is not None and is_let_go and not self.is_held_back(carried):
            carried.gone = True  # its yes is the account's now, or its no is overruled
        return self._carry(device, left)

    def _who_answers(self, device, answers):
        known = self.known(device)
        if known is not None or not any(answers.values()):
            return known or self.carried(device)
        if device.account is None:
            return Person(minor_until=device.cookie.minor_until)
        self.accounts[device.account] = Person(of_account=True)
        return self.accounts[device.account]

    def _say(self, person, answers, *, despite=False):
        for key, yes in answers.items():
            before = person.said.get(key)
            if before is not None and before["yes"] is yes:
                is_weaker = yes and despite and not before["despite"]
                if not is_weaker and (not yes or self._holds(key, before)):
                    continue
            until = self.now + timedelta(days=PURPOSES[key]["days"])
            word = {"yes": yes, "at": self.now, "until": until, "despite": despite}
            person.said[key] = {**word, "version": self.version[key]}

    def log_in(self, device, name):
        device.account = name
        person = self.accounts.setdefault(name, None)
        for key, at in self.refused_here(device).items():
            word = person.said.get(key) if person is not None else None
            if word is not None and word["yes"] and word["at"] < at:
                self._say(person, {key: False})

    def delete_account(self, name):
        self.erasures = [each for each in self.erasures if each["account"] != name]
        if person := self.accounts.pop(name):
            person.gone = True
        for device in self.devices:
            device.account = None if device.account == name else device.account

    def can_erase(self, device):
        waiting = [each for each in self.erasures if each["account"] == device.account]
        return bool(self.both(device)) or (device.account is not None and not waiting)

    def erase(self, device):
        due, persons = self.now + UNDO, self.both(device) or [None]
        if device.account is not None and self.known(device) is None and persons != [None]:
            persons.append(None)
        if self.carried(device) is not None:
            device.until = due
        for person in persons:
            account = device.account if person is None or person.of_account else None
            if person is not None:
                person.gone = True
            elif any(e["person"] is None and e["account"] == account for e in self.erasures):
                continue  # that one still counts
            self.erasures.append({"person": person, "account": account, "due": due})
        if device.account is not None:
            self.accounts[device.account] = None

    def undo(self, device):
        """Whether anything came back; two pasts of one account are never mixed."""
        undone = [each for each in reversed(self.erasures) if self._undo(each, device)]
        self.erasures = [each for each in self.erasures if each not in undone]
        if undone and device.cookie.person is not None:
            self.hold(device, Cookie(person=device.cookie.person))
        return bool(undone)

    def _undo(self, erasure, device):
        person, account = erasure["person"], erasure["account"]
        is_hers = account == device.account and account is not None
        is_carried = account is None and person is device.cookie.person
        if not (is_hers or is_carried) or self.now >= erasure["due"]:
            return False
        if account is not None and self.accounts[account] is not None:
            return False
        if person is not None:
            person.gone = False
        if account is not None:
            self.accounts[account] = person
        return True

    def pause(self, device, *, paused):
        for person in self.both(device):
            person.paused = paused

    def is_under_age(self, device, until):
        persons, note = self.both(device), device.cookie.minor_until
        for person in persons:
            taken = {k for k in PROFILES if k in person.said or not PURPOSES[k]["asks"]}
            self._say(person, dict.fromkeys(taken, False))
            person.minor_until = until
        is_noted = note is not None and self.now < note
        kept = until if not persons or is_noted else None
        self._carry(device, dict(device.cookie.refused), note=kept)

    def is_of_age(self, device):
        for person in self.both(device):
            person.minor_until = None
        self._carry(device, dict(device.cookie.refused), note=None)

    def time_passes(self, days):
        self.now += timedelta(days=days)
        self.erasures = [each for each in self.erasures if self.now < each["due"]]

    def forget_old_cookies(self):
        for device in self.devices:
            if device.until is not None and self.now >= device.until:
                device.cookie, device.until = Cookie(), None

    def _carry(self, device, refused, *, note=KEPT):
        """The nameless person, and nothing beside her; else what was said, without an id."""
        note = device.cookie.minor_until if note is KEPT else note
        carried = self.carried(device)
        said = Cookie(refused=tuple(refused.items()), minor_until=note)
        self.hold(device, said if carried is None else Cookie(person=carried))

    def hold(self, device, cookie):
        device.cookie = cookie
        device.until = self.now + COOKIE if cookie != Cookie() else None
