"""The product's addresses, and a view that does nothing behind the same sign-in and right."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product
from people import rights


@rights.required(rights.WRITE)
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bench/empty/", empty), *product]
