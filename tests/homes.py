"""Whole installations for tests, as real processes."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from itertools import count
from pathlib import Path

from tests.servers import Process, free_port, wait_for
from tests.settings import HOME

PROJECT = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE")
PASSWORD = "first-line-demo"
_numbers = count(1)
PATTERN = Path(HOME) / "pattern.sqlite3"


class Home:
    """A folder, a database and an environment that the product's commands run in."""

    def __init__(self, **env):
        self.folder = Path(tempfile.mkdtemp(prefix="composer-home-"))
        self.port = free_port(together=2)
        self.processes = []
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ} | {
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "ENV_FILE": "",
            "PYTHONUNBUFFERED": "1",
            **env,
        }

    @classmethod
    def on(cls, kind, server):
        """On `sqlite`, `postgresql` or `redis` (both servers); `server(name)` gives a server."""
        if kind == "sqlite":
            return SqliteHome()
        env = {"REDIS_URL": server("redis_server").url()} if kind == "redis" else {}
        return PostgresHome(server("postgres"), **env)

    def __enter__(self):
        self.prepare()
        return self

    def __exit__(self, *_error):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self):
        self.manage("migrate", "--verbosity=0")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return self.env.get("DATABASE_URL", f"sqlite:///{self.folder / 'composer.sqlite3'}")

    def manage(self, *words, check=True, text=None, **env):
        """Runs a command of `manage.py` to its end; `check` says that it must succeed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=PROJECT,
            env=self.env | env,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        if check and done.returncode:
            raise AssertionError(f"{words} gave {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def python(self, code):
        """What the code prints, run inside this installation with Django ready."""
        return self.manage("shell", "--verbosity=0", "-c", code).stdout.strip()

    def start(self, *words, **env):
        """Starts a command of `manage.py` that goes on until it is stopped."""
        return self.run([sys.executable, "manage.py", *words], **env)

    def run(self, command, **env):
        log = self.folder / f"{next(_numbers)}.log"
        process = Process(command, env=self.env | env, log=log, cwd=PROJECT)
        self.processes.append(process)
        return process

    def stop(self):
        """Nothing here is worth a graceful end."""
        for process in self.processes:
            process.kill()


class SqliteHome(Home):
    """SQLite; the empty tables are made once and copied."""

    def prepare(self):
        target = self.folder / "composer.sqlite3"
        if PATTERN.exists():
            shutil.copy(PATTERN, target)
        else:
            super().prepare()
            shutil.copy(target, PATTERN)


class PostgresHome(Home):
    """A database of its own on the private server; the empty tables are made once and copied."""

    def __init__(self, server, **env):
        self.server, self.name = server, f"home_{next(_numbers)}"
        super().__init__(**env, DATABASE_URL=server.url(self.name))

    def prepare(self):
        pattern = "pattern_redis" if "REDIS_URL" in self.env else "pattern"
        if not self.server.has(pattern):
            url = self.server.database(pattern)
            self.manage("migrate", "--verbosity=0", DATABASE_URL=url)
        self.server.database(self.name, like=pattern)

    def stop(self):
        super().stop()
        self.server.drop(self.name)


class Product(Home):
    """Everything that `make run` starts, with demo data."""

    def prepare(self):
        self.supervisor = self.run([sys.executable, "-m", "scripts.run"])
        wait_for(self.answers, seconds=120, what=f"the product:\n{self.supervisor.said}")

    def stop(self):
        self.supervisor.stop()
        super().stop()

    def answers(self):
        if not self.supervisor.is_alive:
            raise AssertionError(f"the product ended:\n{self.supervisor.said}")
        return "Ready" in self.supervisor.said and answers(f"{self.url}/healthz")

    def pid_of(self, name):
        """The process of `web`, `worker` or `drill` itself."""
        words = {"web": "config.wsgi:application", "worker": " worker", "drill": " drill"}
        return next(pid for pid, command in self.started() if command.endswith(words[name]))

    def pids(self):
        return [pid for pid, _command in self.started()]

    def started(self):
        """Every process below the supervisor, oldest first, with its command."""
        listed = subprocess.run(
            ["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, encoding="utf-8", check=True
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        known, found = {str(self.supervisor.pid)}, []
        for pid, parent, command in sorted(rows, key=lambda row: int(row[0])):
            if parent in known:
                known.add(pid)
                found.append((int(pid), command))
        return found


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False
