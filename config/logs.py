"""How a line of the log looks, and what never stands in one."""

import logging
import os
import re
import unicodedata

from config import request_id

# Whoever reads the log must not be able to use a link that was sent by mail.
RESET_LINK = re.compile(r"(password/reset/key/)[^\s\"'?]+")
# Control characters, line and paragraph separators, invisible and direction characters.
UNSAFE = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
# No line of ours begins so: what follows a line cannot be taken for another one.
CONTINUATION = "  | "


class Formatter(logging.Formatter):
    """Each record is one line, whatever stands in it; a traceback follows, each line marked.

    Hides links for setting a new password, in tracebacks too.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.id = request_id.current() or f"pid-{os.getpid()}"
        return RESET_LINK.sub(r"\1…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return escape(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        return _mark(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _mark(super().formatStack(stack_info))


class Once(logging.Filter):
    """Says once what Django says twice, or with a traceback that shows only Django."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_request = record.name == "django.request"
        if record.name.startswith("django.security") or (
            is_request and record.levelno < logging.ERROR
        ):
            # A wrong Host, a damaged form, a right that is missing: the message says it.
            record.exc_info = record.exc_text = None
        if not is_request:
            return True
        return not getattr(getattr(record, "request", None), "is_logged", False)


def escape(text: str) -> str:
    """On one line, and every character of it to be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in UNSAFE
        else character
        for character in text
    )


def _mark(lines: str) -> str:
    return "\n".join(f"{CONTINUATION}{escape(line)}" for line in lines.split("\n"))
