"""Line breaks, which have no place in words of one line."""

import re

_BREAKS = re.compile(r"[ \t]*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def has_break(text: str) -> bool:
    return _BREAKS.search(text) is not None


def join(text: str) -> str:
    """On one line, with a space for each break."""
    return _BREAKS.sub(" ", text).strip(" ") if has_break(text) else text
