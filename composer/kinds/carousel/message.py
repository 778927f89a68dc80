"""Carousel: cards side by side, each with a picture, words and buttons."""

from dataclasses import dataclass, replace
from typing import ClassVar

from composer.vocabulary import message
from composer.vocabulary.message import Body, ImageUrl, Line, Link, Part
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Action(Part):
    """A card's button; `text` is what the customer reads."""

    text: Line = ""
    value: Line = ""
    url: Link = ""
    type: str = "text"
    label: Line = ""

    def payload(self) -> Body:
        kept = self if self.type == "url" else replace(self, url="")
        return super(Action, kept).payload()


@dataclass(frozen=True)
class Column(Part):
    """A card."""

    image_url: ImageUrl = ""
    title: Line = ""
    text: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "carousel"
    label: ClassVar = _("Carousel")
    icon: ClassVar = "layout-three-columns"

    alt_text: Line = ""
    columns: tuple[Column, ...] = ()
