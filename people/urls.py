"""Addresses of the record."""

from django.urls import URLPattern, path

from people.views import record

urlpatterns: list[URLPattern] = [
    path("record/", record.shown, name="record"),
    path("record/export/", record.export, name="record_export"),
]
