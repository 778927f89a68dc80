"""Addresses of contacts, sending and broadcasts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
