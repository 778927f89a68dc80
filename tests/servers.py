"""Private servers on free ports, and processes that never outlive the tests."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from functools import cache
from pathlib import Path

import psycopg
import redis
from psycopg import sql

# Below those that the system lends to connections that go out: one of them may come in between.
PORTS = range(12_000, 32_000)
A_PROCESS_HAS = 500


def free_port(*, together=1):
    """The first of so many ports in a row that nobody listens on."""
    while True:
        ports = [next(_ours()) for _ in range(together)]
        if ports[-1] - ports[0] == together - 1 and all(map(is_free, ports)):
            return ports[0]


@cache
def _ours():
    """Round and round the ports that no other process of tests takes while this one lives."""
    for first in PORTS[::A_PROCESS_HAS]:
        lock = socket.socket(socket.AF_UNIX)
        try:
            lock.bind(f"\0composer-tests-{first}")
        except OSError:
            lock.close()
        else:
            return _round(range(first, first + A_PROCESS_HAS), lock)
    raise AssertionError("too many processes of tests")


def _round(ports, _lock):
    """With the lock, which lives as long."""
    while True:
        yield from ports


def is_free(port):
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def wait_for(condition, *, seconds=60, every=0.02, what="a condition"):
    """Asks every so many seconds until the answer is true, and gives the answer."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(every)
    return answer


class Process:
    """A command in a process group of its own; what it says is kept in a file."""

    def __init__(self, command, *, env=None, log=None, cwd=None, user=None):
        self.log = Path(log or tempfile.mkstemp(prefix="composer-", suffix=".log")[1])
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [str(word) for word in command],
                env=env,
                cwd=cwd,
                user=user,
                group=user,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self):
        return self._process.pid

    @property
    def said(self):
        return self.log.read_text(errors="replace")

    @property
    def is_alive(self):
        return self._process.poll() is None

    def signal(self, number):
        """To the whole group, so that what it started hears it too."""
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return

    def freeze(self):
        """The signal itself returns before every thread stands still."""
        self.signal(signal.SIGSTOP)
        threads = Path(f"/proc/{self.pid}/task")
        wait_for(
            lambda: all("State:\tT" in each.read_text() for each in threads.glob("*/status")),
            what="every thread to stand still",
        )

    def thaw(self):
        self.signal(signal.SIGCONT)

    def kill(self):
        self.signal(signal.SIGKILL)
        return self._process.wait(timeout=60)

    def stop(self, *, seconds=60):
        """Asks the process itself to end, and gives its exit code; what is left over is killed."""
        if self.is_alive:
            self._process.terminate()
        try:
            return self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return self.kill()
        finally:
            self.signal(signal.SIGKILL)

    def wait(self, *, seconds=60):
        return self._process.wait(timeout=seconds)


class Server:
    """A server with a folder and a port of its own; may be stopped and started again in a test."""

    prefix = "composer-server-"
    user = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix=self.prefix))
        self.port = free_port()
        self.create()
        self.start()
        return self

    def __exit__(self, *_error):
        self.process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self):
        """Whatever comes before the first start."""

    def start(self):
        self.spawn()
        wait_for(self.is_up, seconds=120, what=f"{self.command[0]} on port {self.port}")

    def spawn(self):
        self.process = Process(self.command, log=self.folder / "log", user=self.user)

    def is_up(self):
        """Begins again where it ended: helpers of the one that crashed may be about to go."""
        if not self.process.is_alive:
            self.spawn()
        return self.answers()

    def restart(self, *, number=signal.SIGKILL):
        """As after a crash."""
        self.process.signal(number)
        self.process.wait()
        self.start()


class Postgres(Server):
    """PostgreSQL, run by the user `postgres` where the tests run as root."""

    prefix = "composer-postgres-"
    user = "postgres" if os.geteuid() == 0 else None

    def create(self):
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        self.data = self.folder / "data"
        subprocess.run(
            [
                self._tool("initdb"),
                f"--pgdata={self.data}",
                "--username=composer",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            user=self.user,
            group=self.user,
            stdout=subprocess.DEVNULL,
        )

    @property
    def command(self):
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        return [self._tool("postgres"), "-D", self.data, *options]

    def _tool(self, name):
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        return str(found[-1]) if found else name

    def url(self, database="postgres"):
        return f"postgres://composer@127.0.0.1:{self.port}/{database}"

    def answers(self):
        try:
            self.ask("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def ask(self, query):
        with psycopg.connect(self.url(), autocommit=True, connect_timeout=2) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def has(self, name):
        return (name,) in self.ask("SELECT datname FROM pg_database")

    def database(self, name, *, like="template0"):
        """A new database, as a copy of another one; gives its address."""
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.ask(query.format(sql.Identifier(name), sql.Identifier(like)))
        return self.url(name)

    def drop(self, name):
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self.ask(query.format(sql.Identifier(name)))


class Redis(Server):
    """Redis without a disk."""

    prefix = "composer-redis-"

    @property
    def command(self):
        options = {"port": self.port, "bind": "127.0.0.1", "dir": self.folder, "save": ""}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return ["redis-server", *words]

    def url(self, database=0):
        return f"redis://127.0.0.1:{self.port}/{database}"

    def answers(self):
        try:
            return redis.Redis.from_url(self.url()).ping()
        except redis.ConnectionError:
            return False

    def empty(self):
        redis.Redis.from_url(self.url()).flushall()
