"""What no page of the shop would send: forms full of garbage."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from .addresses import is_ours
from .answers import TOKEN, Field, Form
from .filling import Submission, submission

_LONG_IN_AN_ADDRESS, _LONG = 3_000, 20_000
_MANY = 60

#: What it is -> what stands in every field that a visitor could fill in.
GARBAGE: Mapping[str, bytes] = {
    "not ASCII": "Ünï 漢字 عربى 👩\u200d🦰 \u202e\u2028e\u0301".encode(),
    "control characters": b"\x00\x01\x08\r\n\x1b[31m\x7f",
    "markup and placeholders": b"'\"><script>x</script>{{ 7 }} %s %(x)s \\",
    "numbers that are none": b"-1e309",
    "a number too large": b"9" * 40,
    "structures": b'[{"a": null}]',
    "dates that are none": b"9999-99-99T99:99",
    "bytes that are no text": b"\xff\xfe\x80",
}


def garbled(form: Form) -> Iterable[Submission]:
    """The form in every wrong way, each once: where nothing can be filled in, many are the same.

    Nothing that stands for a choice is ever sent to our own forms: neither a button nor a hidden
    field keeps its value there. Elsewhere the first button does, so that the form is reached.
    """
    return dict.fromkeys(_wrong_ways(form))


def _wrong_ways(form: Form) -> Iterator[Submission]:
    for junk in (*GARBAGE.values(), _too_long(form)):
        yield submission(form, _with(form, junk, _can_be_filled))
    for junk in (b"-1", b"", GARBAGE["control characters"]):
        yield submission(form, _with(form, junk, _is_any))
    yield submission(form, _only(form, TOKEN))
    yield submission(form, _many_times(form))
    yield from _of_another_type(form)


def _too_long(form: Form) -> bytes:
    return b"x" * (_LONG_IN_AN_ADDRESS if form.method == "GET" else _LONG)


def _with(
    form: Form, junk: bytes, is_garbled: Callable[[Field], bool]
) -> Iterator[tuple[str, bytes]]:
    """``junk`` once for each name: what stands there many times is a wrong way of its own."""
    pressed, done = False, set()
    for each in form.fields:
        if each.name == TOKEN:
            yield each.name, each.value.encode()
        elif each.is_button and not is_ours(form.action):
            if not pressed:
                yield each.name, each.value.encode()
            pressed = True
        elif is_garbled(each) or is_ours(form.action):
            if each.name not in done:
                yield each.name, junk
            done.add(each.name)
        else:
            yield each.name, each.value.encode()


def _can_be_filled(each: Field) -> bool:
    return each.kind != "hidden"


def _is_any(each: Field) -> bool:
    return True


def _only(form: Form, name: str) -> Iterator[tuple[str, bytes]]:
    return ((each.name, each.value.encode()) for each in form.fields if each.name == name)


def _many_times(form: Form) -> Iterator[tuple[str, bytes]]:
    yield from _only(form, TOKEN)
    for each in form.fields:
        if each.name != TOKEN:
            yield from ((each.name, str(number).encode()) for number in range(_MANY))


def _of_another_type(form: Form) -> Iterator[Submission]:
    """Bodies that are no form, and files where text is expected."""
    if form.method == "GET":
        return
    yield Submission(form=form, body=b'{"a": 1}', content_type="application/json")
    yield Submission(form=form, body=b"--", content_type="multipart/form-data")
    yield Submission(form=form, body=_files(form), content_type="multipart/form-data; boundary=x")


def _files(form: Form) -> bytes:
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in _only(form, TOKEN)
    ]
    parts += [
        b'--x\r\nContent-Disposition: form-data; name="%s"; filename="\xc3\xbc.exe"\r\n'
        b"Content-Type: image/png\r\n\r\nnot a picture\r\n" % each.name.encode()
        for each in form.fields
        if each.name != TOKEN
    ]
    return b"".join(parts) + b"--x--\r\n"
