"""JSON that people paste: mended where it is broken, mapped where it is another platform's."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from composer import kinds
from composer.forms.nested import Content
from composer.pasting import line, mending
from composer.pasting.taking import Part
from composer.vocabulary import lines, message, paths
from composer.vocabulary.message import Malformed
from composer.vocabulary.words import gettext_noop as _


@dataclass(frozen=True)
class Pasted:
    """A kind and its content, what was mended, and the paths of what could not be kept."""

    kind: str
    content: Content
    mended: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


# A whole push may be pasted: to whom it went is no part of the message.
PUSH = ("type", "message", "contactable_type", "contactable_id", "is_force")

TOO_LONG = _("This is longer than any message.")
NO_KIND = _("This JSON is not a message of the five kinds.")
SEVERAL = _("There are several messages: only the first that fits was taken.")
ONE_LINE = _("Line breaks became spaces in fields that have one line.")
LOOKS = _("Colours, sizes and layout were not taken along.")


class NotAMessage(ValueError):
    """Nothing in the text can be taken as a message; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read(text: str) -> Pasted:
    """The API's own JSON, a whole push, a LINE message, broken or not. Raises NotAMessage."""
    found, mended = mending.parsed(text)
    try:
        return _on_one_line(_taken(found, mended))
    except RecursionError as error:
        raise NotAMessage(NO_KIND) from error


def _taken(found: Any, mended: list[str]) -> Pasted:
    """The message itself, out of a push or a list of several."""
    several = found if isinstance(found, list) else None
    if isinstance(found, dict) and isinstance(found.get("messages"), list):
        several = found["messages"]
    if several is None:
        return _one(Part(found), mended)
    start = "messages" if isinstance(found, dict) else ""
    around = [name for name in found if name not in line.AROUND] if start else []
    parts = [Part(each, f"{start}[{index}]") for index, each in enumerate(several)]
    taken, pasted = _first(parts, mended)
    others = [part.path for part in parts if part is not taken]
    said = [*pasted.mended, SEVERAL] if others else pasted.mended
    return replace(pasted, mended=said, left_out=[*_whole(around), *others, *pasted.left_out])


def _first(parts: list[Part], mended: list[str]) -> tuple[Part, Pasted]:
    """The first of several that is a message of ours."""
    for part in parts:
        try:
            return part, _one(part, mended)
        except NotAMessage:
            if len(parts) == 1:
                raise
    raise NotAMessage(NO_KIND)


def _one(part: Part, mended: list[str]) -> Pasted:
    found = part.value
    if not isinstance(found, dict):
        raise NotAMessage(_("This is not the JSON of a message: it begins with { and has a type."))
    return _of_line(part, mended) if line.is_from_line(found) else _own(found, mended)


def _of_line(whole: Part, mended: list[str]) -> Pasted:
    kind, content = line.mapped(whole)
    if not any(text for path, text in paths.walk(content) if not path.endswith("type")):
        raise NotAMessage(NO_KIND)
    left = whole.left()
    told = [path for path in left if path.rpartition(".")[2] not in line.LOOKS]
    said = [*mended, LOOKS] if len(told) < len(left) else mended
    return Pasted(kind, content, said, _whole(told))


def _on_one_line(pasted: Pasted) -> Pasted:
    """Line breaks become spaces in words of one line: the page's boxes cannot hold them."""
    one_line = message.patterns(kinds.MESSAGES[pasted.kind], "line")
    broken = [
        (path, text)
        for path, text in paths.walk(pasted.content)
        if isinstance(text, str) and paths.pattern(path) in one_line and lines.has_break(text)
    ]
    if not broken:
        return pasted
    content = deepcopy(pasted.content)
    for path, text in broken:
        paths.put(content, path, lines.join(text))
    return replace(pasted, content=content, mended=[*pasted.mended, ONE_LINE])


def _own(found: dict[str, Any], mended: list[str]) -> Pasted:
    """Keys that the API does not know are taken out, one by one, and listed."""
    payload: dict[str, Any] = {name: found[name] for name in ("type", "message") if name in found}
    left_out = [name for name in found if name not in PUSH]
    while True:
        try:
            read_message = kinds.read(payload)
        except Malformed as error:
            if not _taken_out(payload, error.path):
                raise NotAMessage(NO_KIND) from error
            left_out.append(error.path)
        else:
            return Pasted(read_message.kind, read_message.content(), mended, _whole(left_out))


def _taken_out(payload: dict[str, Any], path: str) -> bool:
    """Removes what the path names from the body; false where there is nothing to remove."""
    return mending.removed(payload.get("message"), path)


def _whole(names: list[str]) -> list[str]:
    """JSON can name half a character, which no page can hold."""
    return [name.encode(errors="replace").decode() for name in names]
