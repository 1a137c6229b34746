"""Fills forms in as a visitor would: with a word to search for, or just as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urlsplit

from .answers import Field, Form

FORM_TYPE = "application/x-www-form-urlencoded"
_WRITTEN = frozenset({"text", "search", "textarea"})


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A form on its way. ``body`` is what a GET form adds to its address, else what is posted."""

    form: Form
    body: bytes
    content_type: str = FORM_TYPE

    @property
    def url(self) -> str:
        """The address it goes to."""
        if self.form.method != "GET":
            return self.form.action
        return f"{urlsplit(self.form.action).path}?{self.body.decode('ascii')}"


def submission(form: Form, pairs: Iterator[tuple[str, bytes]]) -> Submission:
    """Names and values, encoded as a browser encodes them; values needn't be text."""
    said = (
        f"{quote_from_bytes(name.encode(), safe='')}={quote_from_bytes(value, safe='')}"
        for name, value in pairs
    )
    return Submission(form=form, body="&".join(said).encode())


def searches(form: Form, word: str) -> tuple[Submission, Submission]:
    """The GET form with ``word`` in what can be written, and left as it stands."""
    return submission(form, _as_it_stands(form, word)), submission(form, _as_it_stands(form, ""))


def as_it_stands(form: Form) -> Submission:
    """The form with its first button pressed and the first choice made where none is."""
    return submission(form, _as_it_stands(form, "", choosing=True))


def _as_it_stands(form: Form, word: str, *, choosing: bool = False) -> Iterator[tuple[str, bytes]]:
    done = {each.name for each in form.fields if each.kind == "radio" and each.is_on}
    pressed = False
    for each in form.fields:
        is_on = each.is_on
        if each.is_button:
            is_on, pressed = not pressed, True
        elif choosing and each.kind == "radio" and each.name not in done:
            is_on = True
            done.add(each.name)
        if is_on:
            yield each.name, _filled(each, word).encode()


def _filled(each: Field, word: str) -> str:
    return word if word and each.kind in _WRITTEN else each.value
