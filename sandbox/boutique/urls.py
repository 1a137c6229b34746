"""Addresses of the boutique: Oscar under /shop/, Wagtail last because it takes every other path."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import views as staticfiles
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from boutique.views import switch_language

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("language/<slug:code>/", switch_language, name="switch_language"),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    # Oscar redirects from here to a path that ignores where it is mounted.
    path(
        "shop/accounts/notifications/",
        RedirectView.as_view(pattern_name="customer:notifications-inbox"),
    ),
    path("preferences/", include("ethical_personalization.urls")),
    path(".well-known/", include("ethical_personalization.well_known")),
    path("shop/", include(apps.get_app_config("oscar").urls[0])),
    # A sandbox has no web server before it: Django serves the files, with DEBUG off too.
    re_path(r"^static/(?P<path>.*)$", staticfiles.serve, {"insecure": True}),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include(wagtail_urls)),
]
