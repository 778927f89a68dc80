"""Button: a text over a few buttons."""

from dataclasses import dataclass
from typing import ClassVar

from composer.vocabulary import message
from composer.vocabulary.options import ButtonOption
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "button"
    label: ClassVar = _("Button")
    icon: ClassVar = "menu-button-wide"

    explain_text: str = ""
    options: tuple[ButtonOption, ...] = ()
