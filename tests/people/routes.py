"""Every address that the product answers, made from its URL patterns."""

import re

from django.urls import URLPattern

PICTURE = f"pictures/{'0' * 32}.jpg"
PARTS = {"kind": "text", "deed": "archive", "key": "0b1f7a52-5d5e-4b0e-9a55-0c7e5c0e9f11"}


def patterns(found, before=""):
    """Each route with its name."""
    for each in found:
        address = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address, each.name
        else:
            yield from patterns(each.url_patterns, address)


def address_of(route, **parts):
    """An address that the route takes; regular expressions lose their marks."""
    if route.startswith("^media/"):
        return f"/media/{PICTURE}"
    known = PARTS | parts
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(known.get(match[1], 1)), route)
    return "/" + re.sub(r"\(\?P.*?\)(?=[-/]|$)", "1", route).replace("^", "").replace("$", "")
