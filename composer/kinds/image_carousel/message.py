"""Image carousel: pictures side by side, each a single press, with a button and a badge on it."""

from dataclasses import dataclass
from typing import ClassVar

from composer.vocabulary import message
from composer.vocabulary.message import Body, ImageUrl, Line, Link, Part
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Action(Part):
    """What a press on the picture does; the type may be empty: nothing."""

    type: str = ""
    url: Link = ""
    value: Line = ""

    def payload(self) -> Body:
        """All three keys, always, as in the API document's sample."""
        return {
            "type": self.type or None,
            "url": self.url if self.type == "url" and self.url else None,
            "value": self.value if self.type and self.value else None,
        }

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Plate(Part):
    """Words on a coloured ground: the button below a picture, the badge above it."""

    text: Line = ""
    background_color: str = ""
    border_color: str = ""
    color: str = ""

    def __bool__(self) -> bool:
        """Colours without words are nothing to see."""
        return bool(self.text)


@dataclass(frozen=True)
class Column(Part):
    """A picture."""

    image_url: ImageUrl = ""
    action: Action = Action()
    button: Plate = Plate()
    badge: Plate = Plate()


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "image_carousel"
    label: ClassVar = _("Image carousel")
    icon: ClassVar = "images"

    alt_text: Line = ""
    columns: tuple[Column, ...] = ()
