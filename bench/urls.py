"""The product's addresses, and two to compare with, behind the same sign-in and right."""

from functools import cache
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString

from bench.browser import card
from composer import kinds
from composer.composing import Shown
from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product
from people import rights

_numbers = count()


@rights.required(rights.WRITE)
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@rights.required(rights.WRITE)
def constant(request: HttpRequest) -> HttpResponse:
    """As long as one card's picture; one number in it differs, so that it changes."""
    return HttpResponse(fragment().replace("雙十一優惠", f"雙十一優惠 {next(_numbers)}"))


@cache
def fragment() -> SafeString:
    message = {"alt_text": "", "columns": [card(0) | {"title": "雙十一優惠"}]}
    content = kinds.read({"type": "carousel", "message": message}).content()
    phone = Shown("carousel", content).preview
    return render_to_string(phone.template, {"phone": phone})


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/constant/", constant),
    *product,
]
