"""The boutique with a page whose script keeps something on the device in every way there is."""

from boutique.urls import urlpatterns as boutique
from django.http import HttpResponse
from django.urls import path

KEEPS = """
localStorage.setItem("seen", "1");
sessionStorage.setItem("tab", "1");
document.cookie = "scripted=1; path=/";
indexedDB.open("shelf");
caches.open("pages");
navigator.serviceWorker.register("/worker.js");
"""
PAGE = '<title>Page</title><script src="/keeps.js"></script>'


def script(request):
    return HttpResponse(KEEPS, content_type="text/javascript")


def worker(request):
    return HttpResponse("", content_type="text/javascript")


def page(request):
    return HttpResponse(PAGE)


urlpatterns = [path("keeps.js", script), path("worker.js", worker), path("keeps/", page), *boutique]
