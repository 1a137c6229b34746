"""A project that misbehaves: middleware that keeps something of everybody."""

from django.contrib.auth import get_user_model
from django.db import connection


def cookie(get_response):
    def middleware(request):
        response = get_response(request)
        response.set_cookie("visitor", "1")
        return response

    return middleware


def session(get_response):
    def middleware(request):
        request.session["visits_7"] = request.session.get("visits_7", 0) + 1
        return get_response(request)

    return middleware


def row_without_model(get_response):
    def middleware(request):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO seen (path) VALUES (%s)", [request.path])
        return get_response(request)

    return middleware


def column_of_the_account(get_response):
    def middleware(request):
        get_user_model().objects.filter(pk=request.user.pk).update(first_name=request.path)
        return get_response(request)

    return middleware


def error_on_forms(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.method == "POST":
            raise KeyError("what the visitor wrote")

    middleware.process_view = process_view
    return middleware
