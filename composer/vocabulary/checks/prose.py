"""What people read of a message, apart from what is no prose: placeholders and addresses."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from composer.vocabulary.placeholders import PLACEHOLDER
from composer.vocabulary.remembering import remembered

from .reading import PLAIN_TEXT, Reading

PATTERNS = (
    "message",
    "explain_text",
    "alt_text",
    "options[].label",
    "options[].value",
    "columns[].title",
    "columns[].text",
    PLAIN_TEXT,
    "columns[].actions[].text",
    "columns[].actions[].value",
    "columns[].action.value",
    "columns[].button.text",
    "columns[].badge.text",
)

# What stands where a placeholder and an address were, so that every place keeps its number.
FILLED, LINKED = "\ufffc", "\ufffd"

# No platform that says how much it takes comes near this, and no person reads so far.
READ = 20_000

_PART = "[A-Za-z0-9._%+-]"
_ADDRESS = re.compile(
    r"https?://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    rf"|(?<!{_PART}){_PART}+(?:@{_PART}+|\.[A-Za-z]{{2,}}/[^\s\u3000-\u303f\u4e00-\uffef]*)",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """A text as written, and the same with its placeholders and addresses blotted out."""

    path: str
    raw: str
    text: str


class Prose:
    """Every passage of a message. `whole` tells cheaply whether a second look is worth it."""

    def __init__(self, reading: Reading) -> None:
        leaves = (leaf for pattern in PATTERNS for leaf in reading.texts.get(pattern, ()))
        self.passages = [Passage(leaf.path, leaf.raw, blotted(leaf.raw)) for leaf in leaves]
        self.whole = "\0".join(passage.text for passage in self.passages)

    def having(self, *patterns: re.Pattern[str]) -> Iterable[Passage]:
        """The passages to look at; none where nothing in the message is like that."""
        if any(pattern.search(self.whole) for pattern in patterns):
            return self.passages
        return ()


@remembered
def blotted(raw: str) -> str:
    """As long as `raw`, with nothing in it that a contact or an address brings along.

    What comes after the first 20,000 characters is blotted out too.
    """
    text = raw[:READ]
    if "{{" in text:
        text = PLACEHOLDER.sub(lambda use: FILLED * len(use[0]), text)
    if "/" in text or "@" in text:
        text = _ADDRESS.sub(lambda link: LINKED * len(link[0]), text)
    return text.ljust(len(raw), FILLED)


def replaced(raw: str, places: Iterable[tuple[int, int, str]]) -> str:
    """With other words in some places, which are given in order."""
    return "".join(_pieces(raw, places))


def _pieces(raw: str, places: Iterable[tuple[int, int, str]]) -> Iterator[str]:
    done = 0
    for start, end, words in places:
        yield from (raw[done:start], words)
        done = end
    yield raw[done:]
