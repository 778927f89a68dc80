"""A drill server on a free port, and a client that shows the whole answer."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from push.drill import index
from push.drill.server import PUSH, Server
from push.drill.state import State
from tests.makers import make_user


@dataclass
class Client:
    """Posts over one kept-alive connection, as the pump does."""

    server: Server
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=5)

    def ask(
        self, method: str, path: str, data: bytes | None = None, **headers: str
    ) -> tuple[int, Any]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, data, {"Content-Type": "application/json", **names})
        response = self.connection.getresponse()
        self.headers = response.headers
        return response.status, json.loads(response.read())

    def push(self, **changed: Any) -> tuple[int, Any]:
        return self.post({**HELLO, **changed})

    def post(self, body: object, path: str = PUSH) -> tuple[int, Any]:
        return self.ask("POST", path, json.dumps(body, ensure_ascii=False).encode())

    def journal(self) -> list[dict[str, Any]]:
        with self.server.desk.journal.path.open() as lines:
            return [json.loads(line) for line in lines]


HELLO = {
    "contactable_type": "App\\LineContact",
    "contactable_id": 1001,
    "type": "text",
    "message": "嗨，小明 👋",
}


@pytest.fixture
def clock() -> list[float]:
    """The time the server believes in: a list of one, so that a test can move it."""
    return [1_800_000_000.0]


@pytest.fixture
def server(tmp_path: Path, clock: list[float]) -> Iterator[Server]:
    state = State(pace=0, talking=0, clock=lambda: clock[0])
    with running(Server(0, state=state, journal=tmp_path / "drill.jsonl")) as server:
        yield server


@pytest.fixture
def caller(server: Server) -> Client:
    return Client(server)


@pytest.fixture
def installation(settings: Any, tmp_path: Path, server: Server) -> None:
    """This product, told that the drill server is its FIRST LINE."""
    settings.DATA_DIR = tmp_path
    settings.DRILL = True
    settings.FIRSTLINE_API_BASE = f"http://127.0.0.1:{server.port}"


@pytest.fixture
def drill(server: Server) -> Client:
    """Posts to the drill server, and waits until the inbox has it."""
    client = Client(server)
    push = client.push

    def push_and_index(**changed: Any) -> tuple[int, Any]:
        answer = push(**changed)
        index.follow(server.desk.journal.path)
        return answer

    client.push = push_and_index  # type: ignore[method-assign]
    return client


@pytest.fixture
def page(client: Any) -> Any:
    """Signed in as 佩珊."""
    client.force_login(make_user("佩珊"))
    return client


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Serves on a thread for the length of a `with`."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.stop()
    thread.join()
    server.server_close()
