"""When storage fails, or a request cannot be read at all: words instead of a 500."""

import logging

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

FULL = ("disk is full", "no space left", "disk full", "disk i/o error", "readonly database")


class StorageFailures:
    """Answers 503 with what happened and what to do; the page that asked keeps what was typed."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError):
            # Such as a NUL in a search, which PostgreSQL takes nowhere.
            return not_understood(request, error)
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        log.error("storage failed at %s: %s", request.path, error)
        is_full = any(sign in str(error).lower() for sign in FULL)
        return HttpResponse(render_to_string("503.html", {"is_full": is_full}), status=503)


# Django's own two look for a token in the form, and the form may be what cannot be read.
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)
