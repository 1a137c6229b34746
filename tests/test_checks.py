"""Each wrong or missing step of an installation is named, with the line to type.

No test here asks for the database, so pytest-django refuses every query that a check would make.
"""

import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from boutique.urls import urlpatterns
from django.apps import apps
from django.core.checks import registry as django_checks
from django.core.checks import run_checks
from wagtail import hooks

from ethical_personalization.checks import installation
from ethical_personalization.checks.settings import REQUIREMENTS
from ethical_personalization.conf import NAMES
from ethical_personalization.core.exceptions import DuplicateName
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.registry import Registry, facts, rules
from ethical_personalization.middleware import ShopperMiddleware
from ethical_personalization.personalization import host_hooks

PACKAGE = Path(installation.__file__).parent
OURS = "ethical_personalization.middleware.ShopperMiddleware"
CACHE = "django.middleware.cache.UpdateCacheMiddleware"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
BASKET = "oscar.apps.basket.middleware.BasketMiddleware"
KEY = "ab" * 32


def found(*, deploy=False):
    """The numbers of our findings; every finding comes with a hint."""
    findings = run_checks(tags=["ethical_personalization"], include_deployment_checks=deploy)
    assert all(finding.hint for finding in findings)
    return sorted(finding.id.removeprefix("ethical_personalization.") for finding in findings)


def fact(*, purpose):
    return Fact(
        key="shop.size",
        label="Size",
        kind=FactKind.TEXT,
        purpose=purpose,
        data_category="Preference",
        source="Said",
        reader=lambda source: None,
        sentence=lambda evidence, values: "",
        change_at="choices",
    )


def test_sandbox_is_set_up_right():
    assert found() == []


def test_missing_middleware_is_named(settings):
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if path != OURS]
    assert found() == ["E001"]


def test_subclass_of_the_middleware_counts(settings):
    path = f"{__name__}.OwnShopperMiddleware"
    settings.MIDDLEWARE = [path if each == OURS else each for each in settings.MIDDLEWARE]
    assert found() == []


class OwnShopperMiddleware(ShopperMiddleware):
    """What a shop might make of ours."""


@pytest.mark.parametrize("needed", [SESSION, BASKET])
def test_middleware_before_what_it_needs_is_named(settings, needed):
    others = [path for path in settings.MIDDLEWARE if path not in {needed, OURS}]
    settings.MIDDLEWARE = [*others, OURS, needed]
    assert found() == ["E002"]


def test_cache_middleware_that_would_keep_personal_pages_is_named(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, CACHE]
    assert found() == ["E003"]


def test_cache_middleware_outside_ours_is_right(settings):
    settings.MIDDLEWARE = [CACHE, *settings.MIDDLEWARE]
    assert found() == []


def test_middleware_that_does_not_exist_is_left_to_django(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "shop.nothing.Here"]
    assert found() == []


@pytest.mark.parametrize("adapter", ["wagtail_personalisation.adapters.SessionSegmentsAdapter", ""])
def test_other_adapter_is_named(settings, adapter):
    settings.PERSONALISATION_SEGMENTS_ADAPTER = adapter
    assert found() == ["E004"]


def test_missing_adapter_is_named(settings):
    del settings.PERSONALISATION_SEGMENTS_ADAPTER
    assert found() == ["E004"]


def test_host_without_its_config_is_named(monkeypatch):
    # Not through the settings: that would load every app again.
    installed = SimpleNamespace(INSTALLED_APPS=["wagtail_personalisation"])
    monkeypatch.setattr(installation, "settings", installed)
    assert [each.id[-4:] for each in installation.check_host_config()] == ["E005"]


def test_host_hook_that_is_back_is_named(monkeypatch):
    monkeypatch.setitem(hooks._hooks, "before_serve_page", [(host_hooks.host.segment_user, 0)])
    assert found() == ["E006"]


def test_missing_address_is_named(settings):
    settings.ROOT_URLCONF = "django.contrib.flatpages.urls"
    assert "E007" in found()


def test_statement_on_global_privacy_control_without_an_address_is_named(settings):
    others = [entry for entry in urlpatterns if not str(entry.pattern).startswith(".well-known")]
    settings.ROOT_URLCONF = ModuleType("urls_without_the_statement")
    settings.ROOT_URLCONF.urlpatterns = others
    assert found() == ["W008"]


def test_templates_without_the_request_are_named(settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    assert found() == ["E008"]


@pytest.mark.parametrize("tag", ["cache", "wagtailcache", "wagtailpagecache"])
def test_question_in_a_fragment_that_is_kept_is_named(settings, tmp_path, tag):
    text = f"{{% {tag} 60 head %}}<b>{{% consent_banner %}}</b>{{% end{tag} %}}"
    (tmp_path / "head.html").write_text(text, encoding="utf-8")
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
    assert found() == ["W040"]


def test_question_beside_a_fragment_that_is_kept_is_right(settings, tmp_path):
    text = "{% cache 60 a %}{% endcache %}{% consent_banner %}{% cache 60 b %}{% endcache %}"
    (tmp_path / "head.html").write_text(text, encoding="utf-8")
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
    assert found() == []


def test_hook_that_registers_nonsense_is_named(monkeypatch):
    def declared(self):
        raise DuplicateName("fact", "shop.visits")

    monkeypatch.setattr(Registry, "declared", declared)
    assert set(found()) >= {"E009"}


def test_fact_for_an_unknown_purpose_is_named():
    with facts.temporarily(fact(purpose="curiosity")):
        assert found() == ["W003"]


def test_fact_that_needs_no_purpose_is_right():
    with facts.temporarily(fact(purpose=None)):
        assert found() == []


def test_rule_without_declaration_is_named(monkeypatch):
    monkeypatch.setattr(rules, "declared", dict)
    assert set(found()) == {"W002"}


def test_wagtails_update_index_is_named(monkeypatch):
    commands = {"update_index": "wagtail.search"}
    monkeypatch.setattr(installation, "get_commands", lambda: commands)
    assert found() == ["W004"]


def test_unknown_setting_is_named(settings):
    settings.ETHICAL_PERSONALIZATION_COOKIE_DAY = 3
    assert found() == ["W001"]


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("COOKIE_NAME", "", "E010"),
        ("COOKIE_NAME", "two words", "E010"),
        ("COOKIE_DAYS", 0, "E011"),
        ("COOKIE_DAYS", 401, "E011"),
        ("COOKIE_DAYS", "180", "E011"),
        ("COOKIE_DAYS", True, "E011"),
        ("COOKIE_SECURE", "yes", "E012"),
        ("SEALING_KEYS", [], "E013"),
        ("SEALING_KEYS", KEY, "E013"),
        ("SEALING_KEYS", ["ab"], "E013"),
        ("SEALING_KEYS", [KEY, None], "E013"),
        ("BRAND_ATTRIBUTE", "", "E014"),
        ("COUNTRY_HEADER", "HTTP_CF_IPCOUNTRY", "E015"),
        ("ADDRESS_HEADER", "HTTP_X_REAL_IP", "E030"),
        ("OSCAR_ROWS", "no", "E016"),
        ("OSCAR_ROWS", 1, "E016"),
        ("SIGNING_KEYS", ["ab"], "E020"),
        ("PROOF_DAYS", 0, "E021"),
        ("PROOF_DAYS", "1096", "E021"),
    ],
)
def test_unusable_value_is_named(settings, name, value, number):
    setattr(settings, f"ETHICAL_PERSONALIZATION_{name}", value)
    assert found() == [number]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COOKIE_NAME", "shop-choices"),
        ("COOKIE_DAYS", 400),
        ("COOKIE_SECURE", True),
        ("SEALING_KEYS", None),
        ("SEALING_KEYS", (KEY, KEY.upper())),
        ("BRAND_ATTRIBUTE", "maker"),
        ("COUNTRY_HEADER", ""),
        ("COUNTRY_HEADER", "CF-IPCountry"),
        ("OSCAR_ROWS", True),
        ("SIGNING_KEYS", [KEY]),
        ("PROOF_DAYS", 1),
    ],
)
def test_usable_value_is_right(settings, name, value):
    setattr(settings, f"ETHICAL_PERSONALIZATION_{name}", value)
    assert found() == []


def test_every_setting_is_validated():
    assert {required.name for required in REQUIREMENTS} == NAMES


def test_keys_are_never_printed(settings):
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = ["secret"]
    assert "secret" not in str(run_checks(tags=["ethical_personalization"]))


def test_deployment_without_secure_cookies_and_keys_is_named(settings):
    settings.SESSION_COOKIE_SECURE = False
    assert found(deploy=True) == ["W010", "W011", "W012", "W013", "W021"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
        ("USE_X_FORWARDED_HOST", True),
    ],
)
def test_proxy_that_hides_who_comes_through_it_is_named(settings, name, value):
    setattr(settings, name, value)
    assert "W030" in found(deploy=True)
    settings.ETHICAL_PERSONALIZATION_ADDRESS_HEADER = "X-Real-IP"
    assert "W030" not in found(deploy=True)


@pytest.mark.parametrize("prefix", ["__Host-", "__Secure-"])
def test_cookie_that_no_browser_keeps_is_named(settings, prefix):
    settings.ETHICAL_PERSONALIZATION_COOKIE_NAME = f"{prefix}ep_choices"
    assert found() == ["E031"]
    settings.ETHICAL_PERSONALIZATION_COOKIE_SECURE = True
    assert found() == []


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache", "db.DatabaseCache"])
def test_cache_that_workers_do_not_share_is_named(settings, backend):
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = "choices"
    settings.CACHES = {"default": settings.CACHES["default"]}
    assert found() == ["E032"]
    backend = f"django.core.cache.backends.{backend}"
    settings.CACHES = settings.CACHES | {"choices": {"BACKEND": backend, "LOCATION": "choices"}}
    assert found() == ["E033"]


def test_cache_that_workers_share_is_right(settings):
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = "default"
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1"}}
    assert found() == []


def test_safe_deployment_is_right(settings):
    settings.OSCAR_BASKET_COOKIE_SECURE = settings.OSCAR_RECENTLY_VIEWED_COOKIE_SECURE = True
    settings.SESSION_COOKIE_SECURE = True
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [KEY]
    settings.ETHICAL_PERSONALIZATION_SIGNING_KEYS = [KEY]
    assert found(deploy=True) == []


def test_starting_twice_registers_each_check_once():
    before = len(django_checks.registry.get_checks(include_deployment_checks=True))
    apps.get_app_config("ethical_personalization").ready()
    assert len(django_checks.registry.get_checks(include_deployment_checks=True)) == before


def test_ids_are_unique():
    source = "".join(path.read_text() for path in sorted(PACKAGE.glob("*.py")))
    numbers = re.findall(r'"([EW]\d{3})"', source)
    assert len(numbers) == len(set(numbers)) > 20
