"""Addresses of the bare shop once we are installed."""

from django.urls import include, path

from tests.bare_shop.urls import urlpatterns as bare

urlpatterns = [path("preferences/", include("ethical_personalization.urls")), *bare]
