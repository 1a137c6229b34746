"""The host alone, or the host with us, as the variable ``EP_PEER_MODE`` says.

``alone`` installs the host as its own documentation says, ``ours`` as ours says; ``block`` adds an
app that uses our block, for what ``makemigrations`` writes.
"""

import os

from tests.bare_shop.settings import *  # noqa: F403
from tests.bare_shop.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

MODE = os.environ["EP_PEER_MODE"]
ROOT_URLCONF = "tests.peer_site.urls"
TIME_ZONE = "Asia/Tokyo"
ALLOWED_HOSTS = ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILAPI_LIMIT_MAX = None
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("EP_PEER_DATABASE", ":memory:"),
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF;"},
    }
}
TEMPLATES[0]["OPTIONS"]["context_processors"].append(
    "wagtail.contrib.settings.context_processors.settings"
)
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "rest_framework",
    "wagtail.api.v2",
    "django.contrib.sitemaps",
    "wagtail_modeladmin",
    "wagtailfontawesomesvg",
    "tests.peer_site",
]
if MODE == "alone":
    INSTALLED_APPS += ["wagtail_personalisation"]
else:
    INSTALLED_APPS = [
        "ethical_personalization",
        *INSTALLED_APPS,
        "wagtail_personalisation.config.WagtailPersonalisationConfig",
    ]
    MIDDLEWARE = [*MIDDLEWARE, "ethical_personalization.middleware.ShopperMiddleware"]
    PERSONALISATION_SEGMENTS_ADAPTER = (
        "ethical_personalization.personalization.adapter.ConsentSegmentsAdapter"
    )
    ETHICAL_PERSONALIZATION_SEALING_KEYS = ["ab" * 32]
if MODE == "block":
    INSTALLED_APPS += ["tests.peer_site.with_our_block"]
