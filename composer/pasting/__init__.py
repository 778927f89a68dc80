"""JSON that people paste: mended where it is broken, mapped where it is another platform's."""

from dataclasses import dataclass, field
from typing import Any

from composer import kinds
from composer.forms.nested import Content
from composer.pasting import line, mending
from composer.vocabulary.message import Malformed
from composer.vocabulary.words import gettext_noop as _

Said = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Pasted:
    """A kind and its content, what was mended, and the paths of what could not be kept."""

    kind: str
    content: Content
    mended: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


TOO_LONG = _("This is longer than any message.")


class NotAMessage(ValueError):
    """Nothing in the text can be taken as a message; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read(text: str) -> Pasted:
    """The API's own JSON, a whole push, a LINE message, broken or not. Raises NotAMessage."""
    found, mended = mending.parsed(text)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise NotAMessage(_("This is not the JSON of a message: it begins with { and has a type."))
    if found.get("type") in line.TYPES or "altText" in found:
        kind, content, left_out = line.mapped(found)
        return Pasted(kind, content, mended, left_out)
    return _own(found, mended)


def _own(found: dict[str, Any], mended: list[str]) -> Pasted:
    """Keys that the API does not know are taken out, one by one, and listed."""
    payload: dict[str, Any] = {name: found[name] for name in ("type", "message") if name in found}
    left_out: list[str] = []
    while True:
        try:
            message = kinds.read(payload)
        except Malformed as error:
            if not _taken_out(payload, error.path):
                raise NotAMessage(_("This JSON is not a message of the five kinds.")) from error
            left_out.append(error.path)
        else:
            return Pasted(message.kind, message.content(), mended, left_out)


def _taken_out(payload: dict[str, Any], path: str) -> bool:
    """Removes what the path names from the body; false where there is nothing to remove."""
    return mending.removed(payload.get("message"), path)
