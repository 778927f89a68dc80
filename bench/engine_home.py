"""An installation with contacts, a stand-in beside it, and workers whose books are checked."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.homes import PROJECT, Home
from tests.servers import Postgres, Process, Redis, free_port, wait_for

THREADS = 8
# No pace at all: what is measured is the engine.
UNLIMITED = 60_000_000
TEMPLATE = "bench"
# For the longest that FULL=1 does: a million posts on a busy machine.
PATIENCE = 3 * 3600
# Seconds between two questions: the machine is there for what is measured.
ASKING = 0.5


@dataclass(frozen=True)
class Account:
    """What the stand-in counted: posts, and the seconds from the first to the last."""

    posts: int
    contacts: int
    twice: int
    refused: int
    seconds: float

    @property
    def rate(self) -> float:
        return (self.posts - 1) / self.seconds


@dataclass(frozen=True)
class Run:
    """A broadcast that has ended: what arrived, and the worker's peak of memory (MB)."""

    account: Account
    memory: float

    @property
    def rate(self) -> float:
        return self.account.rate


class StandIn:
    """The process that posts arrive at."""

    def __init__(self, *, latency: float = 0.0, per_minute: int = 0) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        words = ["--port", self.port, "--latency", latency, "--per-minute", per_minute]
        self.process = Process([sys.executable, "-m", "bench.standin", *words], cwd=PROJECT)
        wait_for(self.answers, what="the stand-in")

    def answers(self) -> bool:
        try:
            return self.account().posts == 0
        except OSError:
            return False

    def account(self) -> Account:
        return self._ask("GET")

    def clear(self) -> None:
        self._ask("DELETE")

    def _ask(self, method: str) -> Account:
        with urllib.request.urlopen(urllib.request.Request(self.url, method=method)) as answer:
            return Account(**json.load(answer))

    def stop(self) -> None:
        self.process.kill()


class Laid:
    """A home with a template and so many contacts; runs parts of the bench inside it."""

    def __init__(self, home: Any) -> None:
        self.home = home
        home.env |= {
            "FIRSTLINE_RATE_PER_MINUTE": str(UNLIMITED),
            "FIRSTLINE_CONCURRENCY": str(THREADS),
        }

    def fill(self, contacts: int) -> None:
        self.call("engine_fill.fill", contacts)

    def call(self, function: str, *words: Any, **env: str) -> Any:
        """A function of the bench, by its module and name."""
        module, _, name = function.partition(".")
        said = ", ".join(map(repr, words))
        return self.inside(f"__import__('bench.{module}').{module}.{name}({said})", **env)

    def inside(self, code: str, **env: str) -> Any:
        """What the code gives, run as a process of this installation, however long it takes."""
        program = f"import json; print(json.dumps({code}))"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", program],
            cwd=PROJECT,
            env=self.home.env | env,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    def send(
        self, stand_in: StandIn, *, processes: int = 1, rate: int = UNLIMITED, most: int = PATIENCE
    ) -> Run:
        """Sends to everyone by a worker of its own; who got it, and how often, is checked."""
        stand_in.clear()
        env = {"FIRSTLINE_API_BASE": stand_in.url, "FIRSTLINE_RATE_PER_MINUTE": str(rate)}
        said = self.home.manage("send_broadcast", TEMPLATE, "--channel=line", "--all", **env).stdout
        audience = self.inside("__import__('push').models.Contact.objects.count()")
        words = ("--processes", str(processes)) if processes > 1 else ()
        worker = self.home.start("worker", *words, **env)
        wait_for(
            lambda: stand_in.account().posts >= audience or not worker.is_alive,
            seconds=most,
            every=ASKING,
            what="every post",
        )
        wait_for(lambda: not self.status(said)["waiting"], what="the last answers")
        memory = peak(worker.pid)
        assert worker.stop() == 0, worker.said
        account = stand_in.account()
        self.check(account, self.status(said), audience)
        return Run(account, memory)

    def status(self, broadcast: str) -> dict[str, int]:
        said = self.home.manage("broadcast_status", broadcast.strip()).stdout
        return dict(json.loads(said))

    @staticmethod
    def check(account: Account, status: dict[str, int], audience: int) -> None:
        """Each exactly once, and the product's own books say the same."""
        assert (account.posts, account.contacts, account.twice) == (audience, audience, 0), account
        assert (status["audience"], status["sent"]) == (audience, audience), status


def peak(pid: int) -> float:
    """The most memory that a process ever had, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


class Servers:
    """The private servers that a home may ask for, each started when first asked."""

    def __init__(self) -> None:
        self._kinds = {"postgres": Postgres, "redis_server": Redis}
        self._started: dict[str, Any] = {}

    def __call__(self, name: str) -> Any:
        if name not in self._started:
            self._started[name] = self._kinds[name]().__enter__()
        return self._started[name]

    def stop(self) -> None:
        for server in self._started.values():
            server.__exit__()


@contextmanager
def laid(kind: str, servers: Servers, *, contacts: int) -> Iterator[Laid]:
    """On `sqlite`, `postgresql` or `redis`, as the tests have them."""
    with Home.on(kind, servers) as home:
        found = Laid(home)
        if contacts:
            found.fill(contacts)
        yield found


@contextmanager
def standing_in(*, latency: float = 0.0, per_minute: int = 0) -> Iterator[StandIn]:
    stand_in = StandIn(latency=latency, per_minute=per_minute)
    try:
        yield stand_in
    finally:
        stand_in.stop()
