"""Long lists of people, kept in the session so that addresses stay short.

A list's name is made of what is in it: two tabs never mix up, and nothing is ever overwritten.
"""

import hashlib
from collections.abc import MutableMapping
from typing import Any

# Each is up to 20,000 keys; a person walks back through few of them.
KEPT = 4


def keep(session: MutableMapping[str, Any], keys: tuple[int, ...]) -> str:
    name = hashlib.sha256(repr(keys).encode()).hexdigest()[:24]
    lists = session.get("lists", {})
    lists.pop(name, None)
    newest = [*lists.items(), (name, list(keys))][-KEPT:]
    session["lists"] = dict(newest)
    return name


def kept(session: MutableMapping[str, Any], name: str) -> tuple[int, ...]:
    """Nobody, when the list is no longer kept."""
    return tuple(session.get("lists", {}).get(name, ()))
