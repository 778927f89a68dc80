"""What holds for every page: who may open it for how long, and what browsers do with it."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from people import second_factor

SIGNED_IN_AT, ACTIVE_AT = "signed_in_at", "active_at"
# How many seconds old the time of the last activity may be: each newer one costs a write.
FRESH = 60
# Set by `page.js` on requests that follow something the person did; polls come without it.
INTERACTION = "X-Interaction"

# What somebody may open who still has to set up a second factor.
ALWAYS_OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "admin:logout",
    "set_language",
}
# The same for everybody, and cached by browsers: no session is looked at.
SHARED = {"looks"}


# Features of browsers that our pages do without; a script that got in does without them too.
UNUSED = """
    accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen
    geolocation gyroscope hid idle-detection magnetometer microphone midi payment
    picture-in-picture publickey-credentials-get screen-wake-lock serial usb
    xr-spatial-tracking
"""
PERMISSIONS = ", ".join([*(f"{name}=()" for name in UNUSED.split()), "clipboard-write=(self)"])


class Middleware:
    """Calls `process_view`, where the address is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class ProtectPages(Middleware):
    """Keeps pages out of caches, and features of the browser out of pages.

    After signing out, the Back button must not show customers' names.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not is_shared(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class EndOldSessions(Middleware):
    """Signs out after SESSION_HOURS, and after SESSION_IDLE_MINUTES without any activity."""

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if is_shared(request) or SESSION_KEY not in request.session:
            return
        session, now = request.session, int(time.time())
        # Sessions from before there were limits begin now.
        started = session.setdefault(SIGNED_IN_AT, now)
        active = session.setdefault(ACTIVE_AT, now)
        idle = settings.SESSION_IDLE_MINUTES * 60
        if now - started >= settings.SESSION_COOKIE_AGE or now - active >= idle:
            logout(request)
        elif is_activity(request) and now - active >= min(FRESH, idle // 10):
            session[ACTIVE_AT] = now


class RequireSecondFactor(Middleware):
    """Leads whoever must have a second factor to setting it up, and lets them do nothing else."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not settings.MFA_REQUIRED_FOR or is_shared(request):
            return None
        assert request.resolver_match
        if request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        if not second_factor.is_missing(request.user):
            return None
        target = redirect("mfa_activate_totp")
        if "HX-Request" in request.headers:
            return HttpResponseClientRedirect(target.url)
        messages.warning(request, _("Set up two-step verification first; your account needs it."))
        return target


def is_shared(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name in SHARED or request.path.startswith(settings.MEDIA_URL)


def is_activity(request: HttpRequest) -> bool:
    """Whether a person did something; pages that ask by themselves would never sign out."""
    return "HX-Request" not in request.headers or INTERACTION in request.headers
