"""Broken JSON: what people copy from documents, chats and terminals. Pure."""

import json
import re
from typing import Any

from composer.vocabulary import paths
from composer.vocabulary.words import gettext_noop as _

FENCE = re.compile(r"^\s*```\w*\n|\n```\s*$")
# A string, a comment, or one character of anything else.
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|//[^\n]*|/\*.*?(?:\*/|$)|\w+|.', re.S)
CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "＂": '"'})
PYTHON = {"None": "null", "True": "true", "False": "false", "undefined": "null"}
CLOSES = {"{": "}", "[": "]"}

AROUND = _("The text around the JSON was cut off.")
QUOTES = _("Curly quotes became straight ones.")
COMMENTS = _("Comments were taken out.")
COMMAS = _("A comma too many was taken out.")
WORDS = _("Words of another language became JSON’s own.")
BRACKETS = _("Missing brackets were added at the end.")


def parsed(text: str) -> tuple[Any, list[str]]:
    """What the text holds and what had to be mended; None where nothing can be read."""
    try:
        return json.loads(text), []
    except (ValueError, RecursionError):
        return _mended(text)


def removed(body: Any, path: str) -> bool:
    """Takes out what `columns[0].foo` names; false where nothing is there."""
    *way, last = paths.steps(path) or [""]
    for step in way:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return False
    if isinstance(body, dict) and last in body:
        del body[last]
        return True
    return False


def _mended(text: str) -> tuple[Any, list[str]]:
    said: list[str] = []
    for mend in (_cut, _straightened, _rebuilt):
        text = mend(text, said)
    try:
        return json.loads(text, strict=False), list(dict.fromkeys(said))
    except (ValueError, RecursionError):
        return None, []


def _cut(text: str, said: list[str]) -> str:
    """From the first bracket to the last, out of a `curl` line, a fence or a sentence."""
    text = FENCE.sub("", text)
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=0)
    end = max(text.rfind("}"), text.rfind("]")) + 1 or len(text)
    if text[:start].strip() or text[end:].strip(" \n\r\t;,"):
        said.append(AROUND)
    return text[start:end]


def _straightened(text: str, said: list[str]) -> str:
    if '"' in text or text == (straight := text.translate(CURLY)):
        return text
    said.append(QUOTES)
    return straight


def _rebuilt(text: str, said: list[str]) -> str:
    """Token by piece: without comments and stray commas, every bracket closed."""
    out: list[str] = []
    open_: list[str] = []
    for piece in TOKEN.findall(text):
        if piece.startswith(("//", "/*")):
            said.append(COMMENTS)
        elif piece in PYTHON:
            said.append(WORDS)
            out.append(PYTHON[piece])
        elif piece in "}]":
            _close(piece, out, open_, said)
        elif piece.strip() or piece == "\u3000":
            open_ += [piece] if piece in CLOSES else []
            out.append("" if piece == "\u3000" else piece)
    for bracket in reversed(open_):
        said.append(BRACKETS)
        _without_comma(out, said)
        out.append(CLOSES[bracket])
    return "".join(out)


def _close(piece: str, out: list[str], open_: list[str], said: list[str]) -> None:
    """Closes what is open; a bracket of the other sort means that one was forgotten."""
    _without_comma(out, said)
    while open_ and CLOSES[open_[-1]] != piece:
        said.append(BRACKETS)
        out.append(CLOSES[open_.pop()])
    if open_:
        open_.pop()
        out.append(piece)


def _without_comma(out: list[str], said: list[str]) -> None:
    if out and out[-1] == ",":
        out.pop()
        said.append(COMMAS)
