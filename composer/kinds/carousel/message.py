"""Carousel: cards side by side, each with a picture, words and buttons."""

from dataclasses import dataclass, replace
from typing import ClassVar

from composer.vocabulary import message
from composer.vocabulary.message import Body, ImageUrl, Link, Part
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Action(Part):
    """A card's button; `text` is what the customer reads."""

    text: str = ""
    value: str = ""
    url: Link = ""
    type: str = "text"
    label: str = ""

    def payload(self) -> Body:
        kept = self if self.type == "url" else replace(self, url="")
        return super(Action, kept).payload()


@dataclass(frozen=True)
class Column(Part):
    """A card."""

    image_url: ImageUrl = ""
    title: str = ""
    text: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Message(message.Message):
    kind: ClassVar = "carousel"
    label: ClassVar = _("Carousel")
    icon: ClassVar = "layout-three-columns"

    alt_text: str = ""
    columns: tuple[Column, ...] = ()
