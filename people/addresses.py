"""Reading what an address or a form asks for: what makes no sense there asks for nothing."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A key in an address: a longer one is nobody's, and too great for SQLite to look up."""

    regex = "[0-9]{1,18}"


def number(text: str | None, *, default: int = 0) -> int:
    """A key, a page or a place; the databases take no more than eighteen digits."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if text and is_number else default
