"""Keeps a spreadsheet from running what a stranger wrote into a cell, and takes that back. Pure.

A cell that begins like a formula runs in Excel, LibreOffice and Google Sheets (OWASP, CSV
injection), also behind spaces, quotation marks and characters that cannot be seen. An apostrophe
in front keeps it text. Text that already begins with apostrophes gets one more, so that taking
one away gives back exactly what was there.
"""

import re

# The full-width forms and the small ones are what input methods for Chinese write.
RISKY = re.compile(
    "[\\s'\"’‘“”`\u0000-\u0020\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]*"
    "[=+\\-@＝＋－＠﹦﹢﹣﹫\t\r\n]"
    "|['’‘＇]+\\d"
)


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if RISKY.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text, 1) else text
