"""The product's addresses, and every other page that allauth can have."""

from django.urls import include, path

from config.urls import handler400, handler403, handler404  # noqa: F401
from config.urls import urlpatterns as ours

urlpatterns = [*ours, path("accounts/", include("allauth.account.urls"))]
