"""Browsers that somebody has signed in from: failed sign-ins elsewhere do not lock them out.

The browser keeps a signed cookie with, for each person, a number drawn by chance; the limit on
failed sign-ins counts by that number instead of by the address. So neither strangers nor a
neighbour behind the same address can use up the attempts of the person's own browser.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
SALT = "people.devices"
MAX_AGE = 60 * 60 * 24 * 180
# A counter that many people share: those who signed in longest ago make room.
MOST_PEOPLE = 8


def find(request: HttpRequest, username: str) -> str:
    """The number of this browser for this person; empty when they never signed in from it."""
    return _read(request).get(_key(username), "")


def remember(request: HttpRequest, response: HttpResponseBase, username: str) -> None:
    """To be called once the sign-in is complete, second factor included."""
    devices, key = _read(request), _key(username)
    number = devices.pop(key, "") or get_random_string(16)
    devices = dict([*devices.items(), (key, number)][-MOST_PEOPLE:])
    response.set_cookie(
        COOKIE,
        signing.dumps(devices, salt=SALT),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        devices: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return {}
    return dict(devices)


def _key(username: str) -> str:
    """So that a cookie does not tell who uses a browser."""
    return salted_hmac(SALT, username.lower(), algorithm="sha256").hexdigest()[:16]
