"""A message: read from the API's JSON or built from a form's content, and given as a payload.

Content is what a form holds: nested dicts, lists and strings, every field present.
A body is what the API calls `message`: only what applies, in the API's own names.
A payload is `{"type": kind, "message": body}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

from .words import gettext_noop as _

Body = dict[str, Any] | str


class Malformed(ValueError):
    """The JSON is not what the API document describes; `path` says where.

    `reason` is a sentence to be translated, with `params` in it.
    """

    def __init__(self, path: str, reason: str, **params: object) -> None:
        self.path, self.reason, self.params = path, reason, params
        super().__init__(f"{path or 'message'}: {reason % params}")


@dataclass(frozen=True)
class Part:
    """A piece of a message whose fields carry the API document's names.

    A field is a string, another part, or a tuple of parts.
    """

    @classmethod
    def build(cls, content: Mapping[str, Any]) -> Self:
        """From a form's content; what is missing is empty."""
        kinds = _kinds(cls)
        return cls(**{name: _built(kind, content.get(name)) for name, kind in kinds.items()})

    @classmethod
    def read(cls, body: object, path: str = "") -> Self:
        """From the API's JSON; raises Malformed for a wrong key or type. Null is absent."""
        if not isinstance(body, dict):
            raise Malformed(path, _("An object is expected here."))
        kinds = _kinds(cls)
        for key in body:
            if key not in kinds:
                raise Malformed(_join(path, str(key)), _("The API does not know this key."))
        return cls(
            **{name: _read(kind, body.get(name), _join(path, name)) for name, kind in kinds.items()}
        )

    def content(self) -> dict[str, Any]:
        return {field.name: _content(getattr(self, field.name)) for field in fields(self)}

    def payload(self) -> Body:
        """What the API gets: parts that are empty are left out."""
        return {
            field.name: _payload(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) or isinstance(value, tuple)
        }

    def __bool__(self) -> bool:
        """A part that says nothing is left out of the payload."""
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class Message(Part):
    """One of the kinds; its module also names it for people."""

    kind: ClassVar[str]
    label: ClassVar[str]
    icon: ClassVar[str]


# The kinds by name, in the order people see them; `composer.kinds` puts them here.
KINDS: dict[str, type[Message]] = {}


def payload(message: Message) -> dict[str, Any]:
    return {"type": message.kind, "message": message.payload()}


def read(payload: object) -> Message:
    """The message in `{"type", "message"}`; raises Malformed with the path of what is wrong."""
    if not isinstance(payload, dict):
        raise Malformed("", _("An object with type and message is expected."))
    for key in payload:
        if key not in {"type", "message"}:
            raise Malformed(str(key), _("The API does not know this key."))
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Malformed("type", _("The type must be one of %(names)s."), names=", ".join(KINDS))
    return KINDS[kind].read(payload.get("message"))


_known: dict[type[Part], dict[str, Any]] = {}


def _kinds(cls: type[Part]) -> dict[str, Any]:
    """The type of each field, looked up once for each class."""
    if cls not in _known:
        hints = get_type_hints(cls)
        _known[cls] = {field.name: hints[field.name] for field in fields(cls)}
    return _known[cls]


def _row(kind: Any) -> type[Part] | None:
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _built(kind: Any, value: Any) -> Any:
    if row := _row(kind):
        return tuple(row.build(item) for item in value or ())
    if kind is str:
        return "" if value is None else str(value)
    return kind.build(value or {})


def _read(kind: Any, value: Any, path: str) -> Any:
    if row := _row(kind):
        return _rows(row, value, path)
    if kind is str:
        if value is not None and not isinstance(value, str):
            raise Malformed(path, _("A text is expected here."))
        return value or ""
    return kind.read({} if value is None else value, path)


def _rows(row: type[Part], value: Any, path: str) -> tuple[Part, ...]:
    if value is not None and not isinstance(value, list):
        raise Malformed(path, _("A list is expected here."))
    return tuple(row.read(item, f"{path}[{index}]") for index, item in enumerate(value or []))


def _content(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item.content() for item in value]
    return value.content() if isinstance(value, Part) else value


def _payload(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item.payload() for item in value]
    return value.payload() if isinstance(value, Part) else value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
