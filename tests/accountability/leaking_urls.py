"""The boutique with a page whose script keeps something on the device in every way there is."""

from boutique.urls import urlpatterns as boutique
from django.http import HttpResponse
from django.urls import path

KEEPS = """
localStorage.setItem("seen", "1");
sessionStorage.setItem("tab", "1");
document.cookie = "scripted=1; path=/";
"""
DATABASE = 'indexedDB.open("shelf"); caches.open("pages");'
PAGE = '<title>Page</title><script src="/keeps.js"></script><form method="post"></form>'


def script(request):
    return HttpResponse(KEEPS + DATABASE, content_type="text/javascript")


def page(request):
    return HttpResponse(PAGE)


urlpatterns = [path("keeps.js", script), path("keeps/", page), *boutique]
