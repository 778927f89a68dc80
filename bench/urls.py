"""The product's addresses, and two to compare with, behind the same sign-in and right."""

from functools import cache
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString

from bench.browser import CARDS, card
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
    """As long as the largest carousel's preview; one number in it differs, so that it changes."""
    return HttpResponse(fragment().replace("雙十一優惠", f"雙十一優惠 {next(_numbers)}"))


@cache
def fragment() -> SafeString:
    first, *others = map(card, range(CARDS))
    message = {"alt_text": "", "columns": [first | {"title": "雙十一優惠"}, *others]}
    content = kinds.read({"type": "carousel", "message": message}).content()
    return render_to_string("composer/_preview.html", {"shown": Shown("carousel", content)})


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/constant/", constant),
    *product,
]
