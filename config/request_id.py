"""Give each request an id: in its answer, on the error page and in every line of the log."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# What a proxy's id may look like; any other is replaced.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request that this thread works on, or nothing."""
    return _current.get()


class RequestId:
    """The first middleware: the id of the proxy before us, or a new one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        # It stays set after the answer: Django logs a failure once all middleware is done.
        _current.set(given if WELL_FORMED.fullmatch(given) else uuid4().hex)
        response = self.get_response(request)
        response[HEADER] = current()
        return response
