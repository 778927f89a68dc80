"""How a line of the log looks, and what never stands in one."""

import logging
import re

# Whoever reads the log must not be able to use a link that was sent by mail.
RESET_LINK = re.compile(r"(password/reset/key/)[^\s\"'?]+")


class Formatter(logging.Formatter):
    """Hides links for setting a new password, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return RESET_LINK.sub(r"\1…", super().format(record))
