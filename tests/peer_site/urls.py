"""Pages, their REST form, a sitemap, a search, a shelf, and a feed that knows no request."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.models import Page

from .models import PlainPage, ShopPage

api = WagtailAPIRouter("api")
api.register_endpoint("pages", PagesAPIViewSet)


def search(request):
    found = Page.objects.live().search(request.GET["q"])
    return JsonResponse({"titles": [page.title for page in found]})


def feed(request):
    return HttpResponse("".join(str(page.body) for page in ShopPage.objects.live()))


def shelf(request, words):
    """A view of the site's own that shows the userbar of a page under any address."""
    return render(request, "peer_site/plain_page.html", {"page": PlainPage.objects.get()})


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("shop/", include(apps.get_app_config("oscar").urls[0])),
    path("api/", api.urls),
    path("sitemap.xml", sitemap),
    path("search/", search),
    path("feed/", feed),
    path("shelf/<path:words>/", shelf),
    path("", include(wagtail_urls)),
]
if settings.MODE != "alone":
    urlpatterns.insert(0, path("preferences/", include("ethical_personalization.urls")))
