"""Invisible and direction characters in what contacts are called: find them, take them out.

They make one name look like another, turn the rest of a line round, or hide text. Kept are those
that do visible work where they stand: joiners inside emoji and in scripts that need them, and
variation selectors after a character that has variants (Unicode Standard, 23.2 to 23.4).
"""

import re
from collections.abc import Callable

import regex

# A quick first look, which almost every text ends with.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINED = (
    r"\p{Arabic}\p{Syriac}\p{Nko}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}"
    r"\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Tibetan}\p{Myanmar}"
    r"\p{Khmer}"
)
_INVISIBLE = regex.compile(
    # The flags of England, Scotland and Wales are spelled in invisible letters.
    r"\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f(*SKIP)(*FAIL)"
    r"|[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]\u200d(?=\p{Extended_Pictographic})"
    r"(*SKIP)(*FAIL)"
    rf"|(?<![{_JOINED}])[\u200c\u200d]"
    r"|(?<![\p{Emoji}\p{Han}\p{Mongolian}\p{Myanmar}\p{Math}\p{So}])[\ufe00-\ufe0f]"
    r"|(?<!\p{Han})[\U000e0100-\U000e01ef]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)


def remove(text: str) -> str:
    """The text without them."""
    return _INVISIBLE.sub("", text) if _SUSPECT.search(text) else text


def find(text: str) -> list[str]:
    """Each of them, in order."""
    return [each[0] for each in _INVISIBLE.finditer(text)] if _SUSPECT.search(text) else []


def replace(text: str, by: Callable[[str], str]) -> str:
    """The text with what `by` says in the place of each."""
    if not _SUSPECT.search(text):
        return text
    return _INVISIBLE.sub(lambda found: by(found[0]), text)
