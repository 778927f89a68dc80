"""Asking the running drill server how it stands, and telling it what to do."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 1.5


class Unreachable(Exception):
    """No drill server answers there; the caller says what to do."""


class Refused(Exception):
    """The drill server does not take this; the text says why."""


@dataclass(frozen=True)
class Standing:
    """What the drill server says of itself."""

    latency: int
    pace: int
    talking: int
    journal: str
    contacts: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""
    left: int = 0


def standing() -> Standing:
    """Raises Unreachable."""
    return _standing(_ask("GET", "/drill/state"))


def tell(path: str, **told: object) -> Standing:
    """Raises Unreachable and Refused."""
    return _standing(_ask("POST", path, told))


def _ask(method: str, path: str, told: Mapping[str, object] | None = None) -> dict[str, Any]:
    address = urlsplit(settings.FIRSTLINE_API_BASE)
    connection = http.client.HTTPConnection(
        address.hostname or "", address.port or 80, timeout=PATIENCE
    )
    try:
        connection.request(method, path, json.dumps(told), {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(str(error)) from error
    finally:
        connection.close()
    if response.status == 422:
        raise Refused(answer.get("message", ""))
    if response.status != 200:
        raise Unreachable(f"{path}: {response.status}")
    return answer


def _standing(answer: Any) -> Standing:
    try:
        return Standing(
            latency=answer["latency"],
            pace=answer["pace"],
            talking=answer["talking"],
            journal=answer["journal"],
            contacts=answer["contacts"],
            failure=answer["fail"]["kind"],
            left=answer["fail"]["count"],
        )
    except (KeyError, TypeError) as error:
        raise Unreachable("another server answers there") from error
