"""When storage fails, or a request cannot be read at all: words instead of a 500."""

import logging
import sys

from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config import request_id
from people import database_errors

log = logging.getLogger(__name__)


class StorageFailures:
    """Answers 503 with what happened and what to do; the page that asked keeps what was typed."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _answer(request, error)


def _answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """None for what is no failure of storage."""
    cause = database_errors.find_cause(error)
    if isinstance(error, DataError) or cause is database_errors.TOO_LONG:
        # Such as a NUL in a search, which PostgreSQL takes nowhere.
        return not_understood(request, error)
    if cause is None:
        return None
    request.is_logged = True  # type: ignore[attr-defined]
    log.error("storage failed at %s: %s (%s)", request.path, cause.key, error)
    context = {"cause": cause, "request_id": request_id.current()}
    return HttpResponse(render_to_string("503.html", context), status=503)


# Django's own look for a token in the form, and the form may be what cannot be read.
def not_understood(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    # What is suspicious was logged with its reason.
    request.is_logged = isinstance(exception, SuspiciousOperation)  # type: ignore[attr-defined]
    is_too_long = database_errors.find_cause(exception) is database_errors.TOO_LONG
    return render(request, "400.html", {"is_too_long": is_too_long}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, or storage that failed before a view was asked."""
    answer = _answer(request, sys.exc_info()[1])
    context = {"request_id": request_id.current()}
    return answer or HttpResponse(render_to_string("500.html", context), status=500)
