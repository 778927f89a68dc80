"""The words that name a message which has no name."""

from typing import Any

from . import paths

# Names of parts, the most telling first.
TELLING = ("message", "explain_text", "title", "text", "alt_text")


def gist(body: Any, *, length: int) -> str:
    """The most telling words on one line; empty where nothing is written."""
    said = [(path.rpartition(".")[2], text) for path, text in paths.walk(body)]
    telling = [text for part in TELLING for name, text in said if name == part and text]
    words = " ".join(str(telling[0]).split()) if telling else ""
    return words if len(words) <= length else f"{words[: length - 1]}…"
