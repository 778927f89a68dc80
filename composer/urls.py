"""Addresses of the composer and the library."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
