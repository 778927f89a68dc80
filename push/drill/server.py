"""The stand-in for FIRST LINE: a real HTTP/1.1 server on this machine."""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from push.drill import breaking, index
from push.drill.desk import Desk, Post
from push.drill.journal import Journal
from push.drill.rules import Answer
from push.drill.rules import read as read_json
from push.drill.state import Impossible, State

PUSH = "/api/v1/message/push"
STATE = "/drill/state"
LARGEST = 2**20
PATIENCE = 2.0
# How long, and in what pieces, a body that is not wanted is let go by.
LINGER = 0.5
PIECE = 2**16
NOT_FOUND = Answer(404, {"message": "Not found."})
NO_LENGTH = Answer(411, {"message": "Content-Length is required."})
TOO_LARGE = Answer(413, {"message": "The body is too large."})


class Stopped(Exception):
    """The connection ends here: no answer, or not a whole one, went out."""


def set_state(state: State, told: Mapping[str, Any]) -> None:
    state.set(told)


def set_failure(state: State, told: Mapping[str, Any]) -> None:
    state.fail(str(told.get("kind")), told.get("count", 1))


def set_contact(state: State, told: Mapping[str, Any]) -> None:
    state.tell(str(told.get("channel")), str(told.get("contact")), str(told.get("is")))


CONTROLS: dict[str, Callable[[State, Mapping[str, Any]], None]] = {
    STATE: set_state,
    "/drill/fail": set_failure,
    "/drill/contact": set_contact,
}


class Server(ThreadingHTTPServer):
    """Answers until `stop()`, each connection on a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(
        self, port: int, *, state: State, journal: Path, tokens: frozenset[str] = frozenset()
    ) -> None:
        # Before the port: a taken one calls server_close.
        self.stopping = threading.Event()
        self.answering: set[int] = set()
        indexer = index.Indexer(journal)
        self.desk = Desk(state, Journal(journal), indexer, tokens)
        indexer.start()
        super().__init__(("127.0.0.1", port), Handler)
        indexer.poke()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Without HTTPServer's question to the name service."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is an everyday thing here; all else is shown."""
        if not isinstance(sys.exception(), Stopped | OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Ends `serve_forever`, from any thread and from a signal."""
        self.stopping.set()
        threading.Thread(target=self.shutdown).start()

    def server_close(self) -> None:
        """Lets the posts that are in hand have their answers."""
        super().server_close()
        self.stopping.set()
        until = time.monotonic() + PATIENCE
        while self.answering and time.monotonic() < until:
            time.sleep(0.01)
        self.desk.indexer.end()


class Handler(BaseHTTPRequestHandler):
    """One connection, kept alive from post to post."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "drill", ""
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 120

    def do_POST(self) -> None:
        raw = self._body()
        if raw is not None and self.path == PUSH:
            self._push(raw)
        elif raw is not None:
            self._give(self._control(raw))

    def do_GET(self) -> None:
        if self.path == STATE:
            self._give(Answer(200, self._state()))
        elif self.path == PUSH or self.path in CONTROLS:
            self._wrong_method()
        else:
            self._give(NOT_FOUND)

    def _wrong_method(self) -> None:
        self.close_connection = True
        self._give(Answer(405, {"message": "Only POST is answered here."}, {"Allow": "POST"}))

    do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _wrong_method  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the journal is the log."""

    def _push(self, raw: bytes) -> None:
        headers = self.headers
        post = Post(raw, headers.get_content_type(), headers.get("Authorization", ""))
        me = threading.get_ident()
        self.server.answering.add(me)
        try:
            self._answer(post)
        finally:
            self.server.answering.discard(me)

    def _answer(self, post: Post) -> None:
        if latency := self.server.desk.state.latency:
            self.server.stopping.wait(latency / 1000)
        taken = self.server.desk.take(post)
        if isinstance(taken, Answer):
            return self._give(taken)
        breaking.WAYS[taken](self.connection, self.server.stopping)
        raise Stopped

    def _control(self, raw: bytes) -> Answer:
        if self.path not in CONTROLS:
            return NOT_FOUND
        # Only JSON by its name: a page of another site cannot post that without asking.
        told = read_json(raw) if self.headers.get_content_type() == "application/json" else None
        if told is None:
            return Answer(400, {"message": "A JSON object is expected."})
        try:
            CONTROLS[self.path](self.server.desk.state, told)
        except Impossible as error:
            return Answer(422, {"message": str(error)})
        return Answer(200, self._state())

    def _state(self) -> dict[str, Any]:
        desk = self.server.desk
        return {**desk.state.to_json(), "journal": str(desk.journal.path)}

    def _body(self) -> bytes | None:
        """The whole body; None, and an answer given, when it cannot be read."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._give(TOO_LARGE if length.isdecimal() else NO_LENGTH)
            self._let_finish()
            return None
        raw = self.rfile.read(int(length))
        if len(raw) < int(length):
            raise Stopped
        return raw

    def _let_finish(self) -> None:
        """Closed at once, a client that is still writing would never read its answer."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(LINGER)
            until = time.monotonic() + LINGER
            while time.monotonic() < until and self.connection.recv(PIECE):
                continue

    def _give(self, answer: Answer) -> None:
        data = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
        self.wfile.flush()
