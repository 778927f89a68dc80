"""An option: a press that says something, opens a link or rings a number."""

from dataclasses import dataclass, replace

from .message import Body, Part
from .words import gettext_noop as _

TYPES = {"text": _("Say a text"), "url": _("Open a link"), "phonenumber": _("Ring a number")}


@dataclass(frozen=True)
class Option(Part):
    """One of a button's or quick reply's `options[]`."""

    label: str = ""
    value: str = ""
    type: str = "text"
    number: str = ""
    url: str = ""

    def payload(self) -> Body:
        """What does not belong to the type stays out: a number only rings, a link only opens."""
        kept = replace(
            self,
            value="" if self.type == "phonenumber" else self.value,
            number=self.number if self.type == "phonenumber" else "",
            url=self.url if self.type == "url" else "",
        )
        return super(Option, kept).payload()
