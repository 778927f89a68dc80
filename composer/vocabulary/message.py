"""A message: read from the API's JSON or built from a form's content, and given as a payload.

Content is what a form holds: nested dicts, lists and strings, every field present.
A body is what the API calls `message`: only what applies, in the API's own names.
A payload is `{"type": kind, "message": body}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin, get_type_hints

from .words import gettext_noop as _

Body = dict[str, Any] | str

# What a text is beyond words. A field says so by its type: `url: Link = ""`.
Role = Literal["link", "image", "phone", "line"]
Link = Annotated[str, "link"]
ImageUrl = Annotated[str, "image"]
Phone = Annotated[str, "phone"]
# Words on one line: a label, a title, the text that a press sends back.
Line = Annotated[str, "line"]


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
        return cls(
            **{name: _built(shape, content.get(name)) for name, shape in shapes(cls).items()}
        )

    @classmethod
    def read(cls, body: object, path: str = "") -> Self:
        """From the API's JSON; raises Malformed for a wrong key or type. Null is absent."""
        if not isinstance(body, dict):
            raise Malformed(path, _("An object is expected here."))
        known = shapes(cls)
        for key in body:
            if key not in known:
                raise Malformed(_join(path, str(key)), _("The API does not know this key."))
        return cls(
            **{name: _read(shape, body.get(name), path, name) for name, shape in known.items()}
        )

    def content(self) -> dict[str, Any]:
        return {name: _content(getattr(self, name)) for name in shapes(type(self))}

    def payload(self) -> Body:
        """What the API gets: parts that are empty are left out."""
        return {
            name: _payload(value)
            for name in shapes(type(self))
            if (value := getattr(self, name)) or isinstance(value, tuple)
        }

    def __bool__(self) -> bool:
        """A part that says nothing is left out of the payload."""
        return any(getattr(self, name) for name in shapes(type(self)))


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


# What a field holds: a text (`str`), a part (its class) or a list of parts (a tuple with theirs).
Shape = Any

_known: dict[type[Part], dict[str, Shape]] = {}


def shapes(part: type[Part]) -> dict[str, Shape]:
    """The shape of each field by its name, looked up once for each class."""
    found = _known.get(part)
    if found is None:
        hints = get_type_hints(part)
        found = {field.name: _shape(hints[field.name]) for field in fields(part)}
        _known[part] = found
    return found


_known_roles: dict[type[Part], dict[str, Role]] = {}


def roles(part: type[Part]) -> dict[str, Role]:
    """The role of each field that has one, by its name."""
    found = _known_roles.get(part)
    if found is None:
        hints = get_type_hints(part, include_extras=True)
        found = {
            field.name: get_args(hints[field.name])[1]
            for field in fields(part)
            if get_origin(hints[field.name]) is Annotated
        }
        _known_roles[part] = found
    return found


def patterns(part: type[Part], *wanted: Role) -> frozenset[str]:
    """Where texts of these roles are: `columns[].actions[].url`."""
    return frozenset(_patterns(part, wanted, ""))


def _patterns(part: type[Part], wanted: tuple[Role, ...], path: str) -> Iterator[str]:
    yield from (path + name for name, role in roles(part).items() if role in wanted)
    for name, shape in shapes(part).items():
        if isinstance(shape, tuple):
            yield from _patterns(shape[0], wanted, f"{path}{name}[].")
        elif shape is not str:
            yield from _patterns(shape, wanted, f"{path}{name}.")


def _shape(hint: Any) -> Shape:
    return get_args(hint)[:1] if get_origin(hint) is tuple else hint


def _built(shape: Shape, value: Any) -> Any:
    if shape is str:
        return "" if value is None else str(value)
    if isinstance(shape, tuple):
        return tuple(shape[0].build(item) for item in value or ())
    return shape.build(value or {})


def _read(shape: Shape, value: Any, path: str, name: str) -> Any:
    if shape is str:
        if isinstance(value, str):
            return value
        if value is not None:
            raise Malformed(_join(path, name), _("A text is expected here."))
        return ""
    if isinstance(shape, tuple):
        return _rows(shape[0], value, _join(path, name))
    return shape.read({} if value is None else value, _join(path, name))


def _rows(row: type[Part], value: Any, path: str) -> tuple[Part, ...]:
    if value is not None and not isinstance(value, list):
        raise Malformed(path, _("A list is expected here."))
    return tuple(row.read(item, f"{path}[{index}]") for index, item in enumerate(value or []))


def _content(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return [item.content() for item in value] if isinstance(value, tuple) else value.content()


def _payload(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return [item.payload() for item in value] if isinstance(value, tuple) else value.payload()


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
