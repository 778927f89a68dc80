"""What an import says to people, of the whole file or of one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentence:
    """Words for people, translated where they are shown: `gettext(text) % params`."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)


class Unreadable(ValueError):
    """The whole file cannot be used."""

    def __init__(self, text: str, **params: object) -> None:
        self.sentence = Sentence(text, params)
        super().__init__(text % params)


class Unfit(ValueError):
    """One row cannot be used."""

    def __init__(self, text: str, **params: object) -> None:
        self.sentence = Sentence(text, params)
        super().__init__(text % params)


def shortened(text: str, length: int = 60) -> str:
    """On one line, for a sentence about it."""
    # No database keeps a NUL.
    line = " ".join(text.replace("\0", "␀").split())
    return line if len(line) <= length else line[:length] + "…"
