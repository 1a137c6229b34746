"""The preference center's addresses; mount them, for example at ``/preferences/``."""

from django.urls import path

from .preferences.later import later

app_name = "ethical_personalization"

urlpatterns = [
    path("", later("center.center"), name="center"),
    path("how/", later("how.how"), name="how"),
    path("how/changes/", later("how.how_changes"), name="how_changes"),
    path("choices/", later("choices.record_choices"), name="choices"),
    path("likes/", later("likes.save_likes"), name="likes"),
    path("facts/", later("fact_use.change_use"), name="facts"),
    path("control/", later("controls.follow_control"), name="control"),
    path("control/undo/", later("undoing.undo_off"), name="undo_off"),
    path("products/<int:product>/", later("products.product_page"), name="product_controls"),
    path("order-lines/", later("order_lines.order_lines_page"), name="order_lines"),
    path("history/", later("history.history_page"), name="history"),
    path("receipts/<slug:record>/", later("receipts.receipt_page"), name="receipt"),
    path(
        "receipts/<slug:record>/receipt.json", later("receipts.receipt_file"), name="receipt_file"
    ),
    path("receipts/<slug:record>/screen/", later("receipts.receipt_screen"), name="receipt_screen"),
    path("feedback/", later("feedback.give_feedback"), name="feedback"),
    path("pause/", later("pause.change_pause"), name="pause"),
    path("age/", later("age.declare_age"), name="age"),
    path("your-data/", later("your_data.your_data"), name="your_data"),
    path("your-data/download/", later("your_data.download"), name="download"),
    path("your-data/erase/", later("erasing.erasing_page"), name="erase"),
    path("your-data/erase/confirm/", later("erasing.erase"), name="erase_confirm"),
    path("your-data/undo/", later("erasing.undo"), name="undo"),
    path("your-data/guests/", later("guests.guest_page"), name="guests"),
    path("your-data/guests/link/", later("guests.ask_for_link"), name="guest_link"),
    path("your-data/guests/<str:token>/", later("guests.guest_data"), name="guest_data"),
]
