"""Whether htmx asks for a part of a page, or somebody for the whole, as the Back button does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers


def wanted(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def told_apart(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """For a view that gives both at one address: no cache takes one for the other."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
        response["Cache-Control"] = "no-store"
        return response

    return answer
