"""A fast stand-in of its own process: answers after a set time and counts each contact's posts.

`python -m bench.standin --port N [--latency SECONDS] [--per-minute N]`; GET gives the account and
DELETE begins a new one. Where a pace is set, what is more in any sixty seconds is answered 429.
"""

import argparse
import asyncio
import gc
import json
import time
from collections import Counter, deque

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
TOO_MANY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}"
SAID = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
NAME = b'"contactable_id":'
LENGTH = b"content-length:"
MINUTE = 60.0


class Account:
    """What arrived since the last time that it was cleared."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self.posts: Counter[bytes] = Counter()
        # Kept as they come: counting a million whenever someone asks would slow what is measured.
        self.total = self.twice = self.refused = 0
        self.first = self.last = 0.0
        self._lately: deque[float] = deque()

    def take(self, body: bytes) -> bytes:
        now = time.monotonic()
        if self.per_minute and self._is_full(now):
            self.refused += 1
            return TOO_MANY
        self.first, self.last = self.first or now, now
        start = body.find(NAME) + len(NAME)
        contact = body[start : body.find(b",", start)]
        self.posts[contact] += 1
        self.total += 1
        self.twice += self.posts[contact] == 2
        return OK

    def _is_full(self, now: float) -> bool:
        while self._lately and self._lately[0] < now - MINUTE:
            self._lately.popleft()
        if len(self._lately) >= self.per_minute:
            return True
        self._lately.append(now)
        return False

    def to_json(self) -> bytes:
        said = {
            "posts": self.total,
            "contacts": len(self.posts),
            "twice": self.twice,
            "refused": self.refused,
            "seconds": self.last - self.first,
        }
        return json.dumps(said).encode()


class StandIn:
    """What all connections share."""

    def __init__(self, latency: float, per_minute: int) -> None:
        self.latency, self.per_minute = latency, per_minute
        self.account = Account(per_minute)

    def clear(self) -> None:
        self.account = Account(self.per_minute)


class Connection(asyncio.Protocol):
    """One connection that stays open: a request, its answer, the next one."""

    def __init__(self, server: StandIn) -> None:
        self.server, self.rest = server, b""
        self.later = asyncio.get_running_loop().call_later

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        data = self.rest + data
        while (head := data.find(b"\r\n\r\n")) >= 0:
            end = head + 4 + length(data[:head])
            if len(data) < end:
                break
            self.answer(data[: data.find(b" ")], data[head + 4 : end])
            data = data[end:]
        self.rest = data

    def answer(self, method: bytes, body: bytes) -> None:
        if method == b"POST":
            said = self.server.account.take(body)
            self.later(self.server.latency, self.say, said) if self.server.latency else self.say(
                said
            )
            return
        if method == b"DELETE":
            self.server.clear()
        account = self.server.account.to_json()
        self.say(SAID % (len(account), account))

    def say(self, answer: bytes) -> None:
        self.transport.write(answer)


def length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(LENGTH)
    return int(lowered[at + len(LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def serve(port: int, server: StandIn) -> None:
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: Connection(server), "127.0.0.1", port, backlog=1_024
    )
    await listening.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--per-minute", type=int, default=0, help="0: as many as come")
    given = parser.parse_args()
    gc.disable()
    asyncio.run(serve(given.port, StandIn(given.latency, given.per_minute)))


if __name__ == "__main__":
    main()
