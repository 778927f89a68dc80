"""Reading what an address or a form asks for: what makes no sense there asks for nothing."""

import re

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A key in an address; the databases take no more than eighteen digits."""

    regex = "[0-9]{1,18}"


def number(text: str | None, *, default: int = 0) -> int:
    """A key, a page or a place."""
    return int(text) if text and re.fullmatch(KeyConverter.regex, text) else default
