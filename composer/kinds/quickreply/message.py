"""Quick reply: a text and suggested answers that go away once one is pressed."""

from dataclasses import dataclass
from typing import ClassVar

from composer.vocabulary import message
from composer.vocabulary.options import Option
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "quickreply"
    label: ClassVar = _("Quick reply")
    icon: ClassVar = "chat-square-dots"

    explain_text: str = ""
    options: tuple[Option, ...] = ()
