"""The preference center's addresses; mount them, for example at ``/preferences/``."""

from django.urls import path

from .preferences.age import declare_age
from .preferences.center import center
from .preferences.choices import record_choices
from .preferences.erasing import erase, erasing_page, undo
from .preferences.fact_use import change_use
from .preferences.guests import ask_for_link, guest_data, guest_page
from .preferences.likes import save_likes
from .preferences.pause import change_pause
from .preferences.receipts import receipt_file, receipt_page, receipt_screen
from .preferences.your_data import download, your_data

app_name = "ethical_personalization"

urlpatterns = [
    path("", center, name="center"),
    path("choices/", record_choices, name="choices"),
    path("likes/", save_likes, name="likes"),
    path("facts/", change_use, name="facts"),
    path("receipts/<slug:record>/", receipt_page, name="receipt"),
    path("receipts/<slug:record>/receipt.json", receipt_file, name="receipt_file"),
    path("receipts/<slug:record>/screen/", receipt_screen, name="receipt_screen"),
    path("pause/", change_pause, name="pause"),
    path("age/", declare_age, name="age"),
    path("your-data/", your_data, name="your_data"),
    path("your-data/download/", download, name="download"),
    path("your-data/erase/", erasing_page, name="erase"),
    path("your-data/erase/confirm/", erase, name="erase_confirm"),
    path("your-data/undo/", undo, name="undo"),
    path("your-data/guests/", guest_page, name="guests"),
    path("your-data/guests/link/", ask_for_link, name="guest_link"),
    path("your-data/guests/<str:token>/", guest_data, name="guest_data"),
]
