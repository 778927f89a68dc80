"""What FIRST LINE would answer to a post: from its API document, and where that is silent, a guess.

Refusals have the shape of Laravel's, which FIRST LINE's list of codes (419, 422) points to.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from composer import kinds
from composer.vocabulary import channels
from composer.vocabulary.message import Malformed
from push.drill import required

KEYS = ("contactable_type", "contactable_id", "type", "message", "is_force")
CHANNELS = {channel.contactable_type: channel.slug for channel in channels.ALL.values()}
LONGEST_ID = 64


@dataclass(frozen=True)
class Answer:
    """A status, the JSON body beneath it, and further headers."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


SENT = Answer(200)


def read(raw: bytes) -> dict[str, Any] | None:
    """The JSON object in a body; None when there is none."""
    try:
        body = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def channel(body: Mapping[str, Any]) -> str:
    """The slug of the channel that a body is for; empty when it names none of the seven."""
    kind = body.get("contactable_type")
    return CHANNELS.get(kind, "") if isinstance(kind, str) else ""


def contact(body: Mapping[str, Any]) -> str:
    """The id of the contact that a body is for, as text; empty when it is none."""
    value = body.get("contactable_id")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value)
    return text if len(text) <= LONGEST_ID and text.isprintable() else ""


def refusal(body: Mapping[str, Any]) -> Answer | None:
    """422 with every field that is wrong; None when the body is as documented."""
    errors: dict[str, list[str]] = {}
    for path, reason in _problems(body):
        errors.setdefault(path, []).append(reason)
    return invalid(errors) if errors else None


def invalid(errors: Mapping[str, list[str]]) -> Answer:
    first = next(iter(errors.values()))[0]
    more = len(errors) - 1
    said = f"{first} (and {more} more)" if more else first
    return Answer(422, {"message": said, "errors": errors})


def unknown() -> Answer:
    return invalid({"contactable_id": ["There is no contact of this id on this channel."]})


def talking() -> Answer:
    return Answer(409, {"message": "An agent is talking with this contact. Use is_force to send."})


def throttled(seconds: int) -> Answer:
    return Answer(429, {"message": "Too Many Attempts."}, {"Retry-After": str(seconds)})


def _problems(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in body:
        if key not in KEYS:
            yield key, "The API does not know this key."
    for key in KEYS[:-1]:
        if body.get(key) in (None, ""):
            yield key, f"The {key.replace('_', ' ')} field is required."
    yield from _wrong_contact(body)
    if "is_force" in body and not _is_one(body["is_force"]):
        yield "is_force", "The is force field must be 1 or absent."
    if body.get("type") and body.get("message") is not None:
        yield from _wrong_message(body)


def _wrong_contact(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if body.get("contactable_type") and not channel(body):
        yield "contactable_type", "The selected contactable type is invalid."
    if body.get("contactable_id") not in (None, "") and not contact(body):
        yield "contactable_id", "The contactable id must be a number or a short text."


def _wrong_message(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        message = kinds.read({"type": body["type"], "message": body["message"]})
    except Malformed as error:
        yield _laravel(error.path), error.reason % error.params
        return
    if body["message"] != "":
        yield from required.problems(message)


def _laravel(path: str) -> str:
    """`columns[0].title` as Laravel writes it: `message.columns.0.title`."""
    dotted = path.replace("[", ".").replace("]", "")
    return dotted if dotted in ("type", "message") else f"message.{dotted}".rstrip(".")


def _is_one(value: object) -> bool:
    return value == 1 and isinstance(value, int) and not isinstance(value, bool)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
