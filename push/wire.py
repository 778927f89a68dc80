"""What goes over the wire: the whole body of one push, made around a payload encoded once."""

import json
import re
from collections.abc import Mapping
from typing import Any

from composer.vocabulary.placeholders import Encoded

NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)


class Envelope:
    """Everything that the bodies of one round have in common.

    Raises ValueError where there is no message: nothing goes out that is no push.
    """

    def __init__(
        self, payload: Mapping[str, Any], *, contactable_type: str, is_forced: bool
    ) -> None:
        if not isinstance(payload, dict) or not payload.get("type") or not payload.get("message"):
            raise ValueError("this version holds no message")
        self._head = f'{{"contactable_type":{_json(contactable_type)},"contactable_id":'.encode()
        self._payload = Encoded(payload)
        self._tail = b',"is_force":1}' if is_forced else b"}"

    def body(self, contactable_id: str, values: Mapping[str, Any] | None) -> bytes:
        """Compact UTF-8 JSON; an id of digits alone is a number, as the API has it."""
        is_number = NUMBER.fullmatch(contactable_id)
        written = contactable_id if is_number else _json(contactable_id)
        inner = self._payload.fill(_texts(values or {}))[1:-1]
        return b"".join((self._head, written.encode(), b",", inner, self._tail))


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
