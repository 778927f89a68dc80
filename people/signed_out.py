"""What somebody gets whose session ended while a page was open."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


class SignedOut:
    """A fragment is never answered with the sign-in page, and nobody is led back to a mere press.

    The page's script says it where the fragment would have gone; a form that was sent leads to
    sign-in and from there back to its page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _asks_to_sign_in(response):
            return response
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        if request.method != "POST":
            return response
        messages.warning(request, _("You had been signed out, so nothing was done. Sign in again."))
        return redirect_to_login(_page_of(request))


def _asks_to_sign_in(response: HttpResponse) -> bool:
    address = urlsplit(response.headers.get("Location", ""))
    is_here = not address.netloc and address.path == resolve_url(settings.LOGIN_URL)
    return response.status_code == 302 and is_here and "next=" in address.query


def _page_of(request: HttpRequest) -> str:
    """Where the form was, or home."""
    page = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(page, hosts, require_https=request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    address = urlsplit(page)
    return f"{address.path}?{address.query}" if address.query else address.path
