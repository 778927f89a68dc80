"""Text: words, and nothing else."""

from dataclasses import dataclass
from typing import ClassVar, Self

from composer.vocabulary import message
from composer.vocabulary.message import Body, Malformed
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "text"
    label: ClassVar = _("Text")
    icon: ClassVar = "text-left"

    message: str = ""

    @classmethod
    def read(cls, body: object, path: str = "") -> Self:
        if not isinstance(body, str):
            raise Malformed(path or "message", _("A text is expected here."))
        return cls(message=body)

    def payload(self) -> Body:
        """The API takes the words alone, not an object."""
        return self.message
