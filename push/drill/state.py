"""What the stand-in is told to do: how fast, who is talking with an agent, what fails next."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

# What a person may say of one contact; "usual" takes it back.
MOODS = ("usual", "talking", "free", "unknown")
# The next answers may be: a refused token, an error, a refusal for now, no answer at all, a lost
# connection, half an answer, something that is not HTTP.
FAILURES = ("401", "500", "503", "hang", "reset", "cut", "garbage")
LARGEST = {"latency": 60_000, "pace": 1_000_000, "talking": 100, "count": 1_000_000}


class Impossible(ValueError):
    """The stand-in cannot be told that; the text says why."""


class State:
    """Everything that can be switched while the stand-in runs; safe across threads."""

    def __init__(
        self,
        *,
        latency: int = 0,
        pace: int = 300,
        talking: int = 4,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.latency, self.pace, self.talking = latency, pace, talking
        self.moods: dict[str, str] = {}
        self.failure, self.left = "", 0
        self._clock, self._lock = clock, threading.Lock()
        self._minute, self._posts = 0, dict[str, int]()

    def wait(self, token: str) -> int:
        """Counts one post of a token; the seconds until the next minute when it is one too many.

        FIRST LINE counts a user's requests anew in each minute.
        """
        with self._lock:
            now = self._clock()
            if int(now // 60) != self._minute:
                self._minute, self._posts = int(now // 60), {}
            self._posts[token] = self._posts.get(token, 0) + 1
            return int(60 - now % 60) + 1 if 0 < self.pace < self._posts[token] else 0

    def fails(self) -> str:
        """How the answer at hand must fail; empty when it need not."""
        with self._lock:
            if not self.left:
                return ""
            self.left -= 1
            return self.failure

    def mood(self, channel: str, contact: str) -> str:
        """Talking, free or unknown: as told, or by a rule that never changes its mind."""
        told = self.moods.get(f"{channel}:{contact}")
        return told or ("talking" if is_talking(channel, contact, self.talking) else "free")

    def set(self, told: Mapping[str, Any]) -> None:
        """Latency (ms), pace (posts a minute, 0 is unlimited), share who are talking (percent)."""
        if unknown := set(told) - {"latency", "pace", "talking"}:
            raise Impossible(f"unknown setting: {', '.join(sorted(unknown))}")
        numbers = {name: _number(name, value) for name, value in told.items()}
        for name, value in numbers.items():
            setattr(self, name, value)

    def fail(self, failure: str, count: object) -> None:
        if failure not in FAILURES:
            raise Impossible(f"a failure is one of {', '.join(FAILURES)}")
        number = _number("count", count)
        with self._lock:
            self.failure, self.left = (failure, number) if number else ("", 0)

    def tell(self, channel: str, contact: str, mood: str) -> None:
        if mood not in MOODS:
            raise Impossible(f"a contact is one of {', '.join(MOODS)}")
        if mood == "usual":
            self.moods.pop(f"{channel}:{contact}", None)
        else:
            self.moods[f"{channel}:{contact}"] = mood

    def to_json(self) -> dict[str, Any]:
        return {
            "latency": self.latency,
            "pace": self.pace,
            "talking": self.talking,
            "contacts": dict(self.moods),
            "fail": {"kind": self.failure if self.left else "", "count": self.left},
        }


def is_talking(channel: str, contact: str, percent: int) -> bool:
    """Whether the rule has this contact talking with an agent: the same answer on every machine."""
    return crc32(f"{channel}:{contact}".encode()) % 100 < percent


def _number(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST[name]:
        raise Impossible(f"{name} is a number from 0 to {LARGEST[name]}")
    return value
