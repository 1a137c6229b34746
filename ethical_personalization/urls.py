"""The preference center's addresses; mount them, for example at ``/preferences/``."""

from django.urls import path

from .preferences.center import center
from .preferences.choices import record_choices
from .preferences.fact_use import change_use
from .preferences.likes import save_likes

app_name = "ethical_personalization"

urlpatterns = [
    path("", center, name="center"),
    path("choices/", record_choices, name="choices"),
    path("likes/", save_likes, name="likes"),
    path("facts/", change_use, name="facts"),
]
