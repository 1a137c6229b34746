"""Each finding about wagtail-personalisation has a probe that passes with us and not without."""

from wagtail import VERSION

#: What the host does right on this version by itself, and why.
RIGHT_WITHOUT_US = {}
if VERSION < (8,):
    RIGHT_WITHOUT_US = {
        "test_page_can_be_edited": "Wagtail 7.4 still takes a userbar hook of two arguments",
        "test_page_can_be_added": "the same",
        "test_page_with_the_userbar_can_be_seen": "the same",
    }


def test_every_probe_passes_with_us(probed):
    outcome = probed["ours"]
    assert len(outcome.passed) > 50, outcome.text
    assert outcome.failed | outcome.broken == set(), outcome.text


def test_every_probe_fails_without_us(probed):
    outcome = probed["alone"]
    assert outcome.passed == set(RIGHT_WITHOUT_US), outcome.text
    assert outcome.broken == set(), outcome.text
    assert outcome.passed | outcome.failed == probed["ours"].passed
