"""Settings of the boutique. What differs from machine to machine comes from the environment."""

import os
from pathlib import Path

import oscar
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403

SANDBOX = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("BOUTIQUE_VAR", SANDBOX.parent / "var"))
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = os.environ.get("BOUTIQUE_DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("BOUTIQUE_SECRET_KEY", "only-for-the-sandbox-never-for-a-real-shop")
ALLOWED_HOSTS = os.environ.get("BOUTIQUE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_ID = 1

# Oscar's apps stand before Wagtail's: both have a command update_index, and Oscar's must win.
INSTALLED_APPS = [
    "ethical_personalization",
    "boutique",
    *oscar.INSTALLED_APPS,
    "sorl.thumbnail",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "wagtailfontawesomesvg",
    "wagtail_personalisation.config.WagtailPersonalisationConfig",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "boutique.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "boutique.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
    "ethical_personalization.middleware.ShopperMiddleware",
]

ROOT_URLCONF = "boutique.urls"
WSGI_APPLICATION = "boutique.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]

# Two workers that write at once: IMMEDIATE lets the second one wait instead of failing half-way.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.environ.get("BOUTIQUE_SQLITE", VAR / "boutique.sqlite3"),
    "ATOMIC_REQUESTS": True,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": os.environ.get("PGDATABASE", "boutique"),
    "USER": os.environ.get("PGUSER", ""),
    "PASSWORD": os.environ.get("PGPASSWORD", ""),
    "HOST": os.environ.get("PGHOST", ""),
    "PORT": os.environ.get("PGPORT", ""),
    "ATOMIC_REQUESTS": True,
}
DATABASES = {
    "default": POSTGRESQL if os.environ.get("BOUTIQUE_DATABASE") == "postgresql" else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 9},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "customer:login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("fr", _("French"))]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
FORMAT_MODULE_PATH = "boutique.formats"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "Atelier Nord <hello@ateliernord.example>"

PERSONALISATION_SEGMENTS_ADAPTER = (
    "ethical_personalization.personalization.adapter.ConsentSegmentsAdapter"
)

OSCAR_SHOP_NAME = "Atelier Nord"
OSCAR_SHOP_TAGLINE = _("Clothes for a long while")
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "EUR"
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_HIDDEN_FEATURES = ["reviews"]
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_URL_SCHEMA = "http"
# Whoosh counts no facets; the filters of the catalogue are the fields of boutique.search_indexes.
OSCAR_SEARCH_FACETS = {"fields": {}, "queries": {}}

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": VAR / "search",
        "EXCLUDED_INDEXES": ["oscar.apps.search.search_indexes.ProductIndex"],
    }
}

WAGTAIL_SITE_NAME = "Atelier Nord"
# Wagtail asks nobody outside for portraits, news or versions.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# The public pages load nothing from elsewhere and run nothing inline; the two back offices do.
BOUTIQUE_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
BOUTIQUE_BACK_OFFICES = ("/admin/", "/django-admin/", "/shop/dashboard/")
