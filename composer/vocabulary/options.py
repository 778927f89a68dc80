"""An option: a press that says something, opens a link or rings a number."""

from dataclasses import dataclass, replace

from .message import Body, Line, Link, Part, Phone
from .words import gettext_noop as _

TYPES = {"text": _("Send text"), "url": _("Open link"), "phonenumber": _("Call number")}


@dataclass(frozen=True)
class Option(Part):
    """One of a quick reply's `options[]`."""

    label: Line = ""
    value: Line = ""
    type: str = "text"
    url: Link = ""

    def payload(self) -> Body:
        """Only a link has an address."""
        kept = self if self.type == "url" else replace(self, url="")
        return super(Option, kept).payload()


@dataclass(frozen=True)
class ButtonOption(Option):
    """One of a button's `options[]`, which may also ring a number."""

    number: Phone = ""

    def payload(self) -> Body:
        """A call has nothing but its number, and only a call has one."""
        rings = self.type == "phonenumber"
        kept = replace(self, value="") if rings else replace(self, number="")
        return super(ButtonOption, kept).payload()
