"""nginx with a cache before the shop, in both modes, by the lines of the documentation."""

import pytest

from ethical_personalization.testing import consent_refused
from tests.caches.conftest import lines

pytestmark = [pytest.mark.nginx, pytest.mark.django_db(transaction=True)]
SENT = {"Ep-Parts": "1", "Sec-Fetch-Site": "same-origin"}
TEXTS = {None: "For everybody", "wool": "For who likes wool", "silk": "For who likes silk"}
ASKS = "Accept all"


@pytest.fixture
def inline(nginx, shop):
    return nginx(lines("inline"), lines("location"))


@pytest.fixture
def fragment(nginx, shop, settings):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "fragment"
    return nginx(lines("fragment"), lines("location") + lines("fragment_location"))


def shown(text):
    return [fabric for fabric, words in TEXTS.items() if words in text]


def status(answer):
    return answer.headers["X-Cache-Status"]


def test_inline_shoppers_never_see_what_is_for_others(inline, browser_of):
    browsers = {fabric: browser_of(fabric) for fabric in TEXTS}
    for _round in range(3):
        for fabric, browser in browsers.items():
            page = browser.get(inline).text
            assert shown(page) == [fabric]
            assert (ASKS in page) == (fabric is None)


def test_inline_visitors_without_a_choice_keep_the_hits(inline, browser_of):
    shopper, found = browser_of("wool"), []
    for _round in range(5):
        found.append(status(browser_of().get(inline)))
        assert status(shopper.get(inline)) == "BYPASS"
    assert found == ["MISS", "HIT", "HIT", "HIT", "HIT"]


def test_inline_account_gets_hers_on_a_device_that_carries_no_choice(
    inline, browser_of, django_user_model
):
    user = django_user_model.objects.create_user("ada", "ada@example.com", "a-test-password")
    browser_of("wool", user=user)
    second = browser_of(user=user)
    assert {cookie.name for cookie in second.cookies} == {"sessionid"}
    assert shown(browser_of().get(inline).text) == [None]
    for _round in range(2):
        answer = second.get(inline)
        assert (status(answer), shown(answer.text)) == ("BYPASS", ["wool"])
    visitor = browser_of().get(inline)
    assert (status(visitor), shown(visitor.text)) == ("HIT", [None])


def test_inline_withdrawal_holds_on_the_next_page(inline, browser_of):
    shopper = browser_of("wool")
    assert shown(shopper.get(inline).text) == ["wool"]
    consent_refused(shopper.client, "stated")
    assert shown(shopper.get(inline).text) == [None]


def test_inline_choice_of_another_site_passes_the_cache_by(inline, browser_of):
    visitor = browser_of()
    visitor.get(inline)
    visitor.cookies.set("ep_choices_2", "s.anything")
    assert status(visitor.get(inline)) == "BYPASS"


def test_fragment_page_is_kept_once_for_everybody(fragment, browser_of):
    browsers = [browser_of(fabric) for fabric in TEXTS]
    for browser in browsers[1:]:
        browser.get(f"{fragment}/preferences/")  # brings the mark
    found = [(status(browser.get(fragment)), browser.get(fragment).content) for browser in browsers]
    assert [each[0] for each in found] == ["MISS", "HIT", "HIT"]
    assert len({each[1] for each in found}) == 1
    assert shown(found[0][1].decode()) == [None]


def test_fragment_parts_are_kept_for_nobody(fragment, browser_of):
    browsers = {fabric: browser_of(fabric) for fabric in TEXTS}
    for _round in range(3):
        for fabric, browser in browsers.items():
            browser.get(fragment)
            answer = browser.get(f"{fragment}/?ep-parts=1", headers=SENT)
            assert status(answer) == "MISS"
            assert shown("".join(answer.json()["parts"].values())) == [fabric] * bool(fabric)


def test_fragment_visitors_without_a_choice_keep_the_hits(fragment, browser_of):
    shopper, found = browser_of("wool"), []
    shopper.get(f"{fragment}/preferences/")
    for _round in range(5):
        found.append(status(browser_of().get(fragment)))
        shopper.get(f"{fragment}/?ep-parts=1", headers=SENT)
    assert found == ["MISS", "HIT", "HIT", "HIT", "HIT"]


def test_fragment_choice_from_before_the_mode_is_kept_for_nobody(fragment, browser_of):
    answer = browser_of("wool").get(fragment)
    assert "ep_choices_held" in answer.headers["Set-Cookie"]
    visitor = browser_of().get(fragment)
    assert (status(visitor), "Set-Cookie" in visitor.headers) == ("MISS", False)


def test_cache_without_these_lines_that_ignores_our_headers_would_mix_shoppers_up(
    nginx, shop, browser_of
):
    careless = nginx("", "proxy_ignore_headers Cache-Control Expires Vary Set-Cookie;")
    browser_of("wool").get(careless)
    assert shown(browser_of("silk").get(careless).text) == ["wool"]
