"""A server that takes its time, where a request asks for it."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Slow:
    """Waits as many milliseconds as the request's `X-Bench-Delay` says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        time.sleep(int(request.headers.get("X-Bench-Delay", "0")) / 1000)
        return self.get_response(request)
