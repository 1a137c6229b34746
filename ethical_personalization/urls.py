"""The preference center's addresses; mount them, for example at ``/preferences/``."""

from django.urls import path

from .preferences.center import center
from .preferences.choices import record_choices
from .preferences.fact_use import change_use
from .preferences.likes import save_likes
from .preferences.receipts import receipt_file, receipt_page, receipt_screen

app_name = "ethical_personalization"

urlpatterns = [
    path("", center, name="center"),
    path("choices/", record_choices, name="choices"),
    path("likes/", save_likes, name="likes"),
    path("facts/", change_use, name="facts"),
    path("receipts/<slug:record>/", receipt_page, name="receipt"),
    path("receipts/<slug:record>/receipt.json", receipt_file, name="receipt_file"),
    path("receipts/<slug:record>/screen/", receipt_screen, name="receipt_screen"),
]
