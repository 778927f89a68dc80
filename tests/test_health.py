"""Health checks and error pages, with databases, disks and workers that really fail."""

import json
import os
import resource
import signal
import sqlite3
import sys
import urllib.error
import urllib.request

import pytest

from tests.engine.weather import children
from tests.homes import Home
from tests.servers import wait_for

ALL = ["database", "migrations", "worker", "disk", "tokens"]
ON_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
SQLITE = pytest.mark.parametrize("site", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize(
    "site", [pytest.param("postgresql", marks=pytest.mark.homes)], indirect=True
)
UNKNOWN = "Not known while the database check fails."


class Site:
    """The web server and a worker of one installation."""

    def __init__(self, home):
        self.home = home
        self.web = home.run([sys.executable, "-m", "scripts.web"])
        self.worker = home.start("worker")

    def get(self, path, **headers):
        request = urllib.request.Request(self.home.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def reasons(self):
        status, text = self.get("/readyz")
        if not status:
            return None
        checks = json.loads(text)["checks"]
        assert list(checks) == ALL
        failed = {name: check["reason"] for name, check in checks.items() if not check["ok"]}
        assert (status, json.loads(text)["status"]) == (
            (503, "unavailable") if failed else (200, "ok")
        )
        return failed

    def wait_for_reasons(self, expected):
        seen = []

        def is_so():
            seen.append(self.reasons())
            return seen[-1] == expected

        try:
            wait_for(is_so, every=0.2, what=f"the reasons {expected}")
        except AssertionError as error:
            raise AssertionError(f"{error}; the last were {seen[-1]}") from error
        assert self.get("/healthz") == (200, "ok")

    def wait_for_reason(self, name):
        return wait_for(lambda: (self.reasons() or {}).get(name), every=0.2, what=f"{name} to fail")

    def page(self):
        """A page that asks the database, as somebody with a session sees it."""
        return self.get("/", Cookie="sessionid=0123456789abcdef0123456789abcdef")

    @property
    def database(self):
        return self.home.folder / "composer.sqlite3"


@pytest.fixture
def site(request):
    with Home.on(request.param, request.getfixturevalue) as home:
        home.manage("collectstatic", "--no-input", "--verbosity=0")
        site = Site(home)
        site.wait_for_reasons({})
        yield site


def without_database(reason):
    return {"database": reason, "migrations": UNKNOWN, "worker": UNKNOWN, "tokens": UNKNOWN}


@pytest.mark.parametrize("site", ON_BOTH, indirect=True)
def test_health_needs_no_host_and_no_https(site):
    host = {"Host": "unknown.example"}
    site.wait_for_reasons({})

    assert site.get("/healthz", **host) == (200, "ok")
    assert site.get("/readyz", **host)[0] == 200
    assert site.get("/accounts/login/", **host)[0] == 400


@pytest.mark.parametrize("site", ON_BOTH, indirect=True)
def test_a_worker_that_freezes_or_ends_is_said(site):
    site.worker.freeze()
    frozen = site.wait_for_reason("worker")
    site.worker.thaw()
    site.wait_for_reasons({})
    site.worker.kill()
    killed = site.wait_for_reason("worker")

    assert frozen.startswith("No worker has been seen for ")
    assert killed.startswith("No worker has been seen for ")


@SQLITE
def test_a_locked_database_is_said_and_health_goes_on(site):
    site.worker.kill()
    other = sqlite3.connect(site.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    site.wait_for_reasons(without_database("The database is locked."))
    other.execute("ROLLBACK")
    other.close()

    wait_for(lambda: "database" not in site.reasons(), what="the lock to be over")


@SQLITE
@pytest.mark.parametrize("damage", ["header", "pages", "truncated"])
def test_a_damaged_database_is_said_on_pages_too(site, damage):
    site.worker.kill()
    with sqlite3.connect(site.database) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = site.database.stat().st_size
    with site.database.open("r+b") as file:
        if damage == "truncated":
            file.truncate(size // 2)
        else:
            file.seek(0 if damage == "header" else 4_096)
            file.write(os.urandom(4_096 if damage == "header" else size - 8_192))

    site.wait_for_reasons(without_database("The database is damaged."))
    for process in children(site.web.pid):
        os.kill(process, signal.SIGKILL)
    wait_for(lambda: site.get("/healthz")[0] == 200, what="new processes")
    status, text = site.page()
    assert (status, "The database is damaged" in text) == (503, True)
    assert "is safe" not in text


@SQLITE
def test_a_database_that_is_gone_is_said_and_not_made_anew(site):
    site.worker.kill()
    for file in site.home.folder.glob("composer.sqlite3*"):
        file.unlink()

    site.wait_for_reasons(without_database("The database file cannot be opened."))
    assert not site.database.exists()


@SQLITE
def test_a_full_disk_is_said(site):
    room = (20_000, resource.RLIM_INFINITY)
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE, room) for pid in processes(site)}

    assert site.wait_for_reason("disk") == "The data folder cannot be written to: File too large."
    assert site.get("/healthz") == (200, "ok")
    for pid, limit in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    site.wait_for_reasons({})


def processes(site):
    return children(site.web.pid)


@SQLITE
def test_tokens_that_are_set_aside_are_said(site):
    site.home.python(
        "from django.db import transaction\nfrom push import tokens\n"
        "with transaction.atomic(): tokens.set_aside(tokens.keys())"
    )

    site.wait_for_reasons({"tokens": "1 of 1 API tokens are refused and set aside."})


@pytest.mark.parametrize("site", ON_BOTH, indirect=True)
def test_tables_of_other_code_are_said(site):
    unknown = "Not known while the migrations check fails."
    change = "from django.db import connection\nwith connection.cursor() as c: c.execute({!r})"
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('push', '9999_later', {})"
    now = "CURRENT_TIMESTAMP"
    run = site.home.python
    run(change.format(newer.format(now)))
    site.wait_for_reasons(
        {
            "migrations": "The database was updated by newer code: install that, or restore a"
            " backup.",
            "worker": unknown,
            "tokens": unknown,
        }
    )
    refused = site.home.manage("worker", check=False)
    ready = site.home.run([sys.executable, "-m", "scripts.ready"])
    line = (
        "The database was updated by a newer version (migration push.9999_later): install that"
        " version again, or restore the backup from before the update with"
        " `manage.py restore FILE`.\n"
    )

    assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", line)
    assert (ready.wait(), ready.said) == (2, line)


@SQLITE
def test_tables_of_older_code_stop_web_and_worker(site):
    with sqlite3.connect(site.database) as file:
        file.execute("DELETE FROM django_migrations WHERE app = 'push' AND name LIKE '0004%'")
    web = site.home.run([sys.executable, "-m", "scripts.web"])
    worker = site.home.manage("worker", check=False)

    line = "The database was not updated for this version: run `python -m scripts.ready` first.\n"
    assert (web.wait(), web.said) == (2, line)
    assert (worker.returncode, worker.stdout, worker.stderr) == (2, "", line)
    assert site.home.manage("broadcast_status", "1", check=False).stderr != line


@POSTGRES
def test_a_database_server_that_stops_freezes_or_is_read_only_is_said(site, postgres):
    postgres.ask(f"ALTER DATABASE {site.home.name} SET default_transaction_read_only = on")
    site.wait_for_reasons(without_database("The database is read-only."))
    postgres.ask(f"ALTER DATABASE {site.home.name} RESET default_transaction_read_only")
    site.wait_for_reasons({})

    postgres.process.freeze()
    site.wait_for_reasons(without_database("The database does not answer."))
    postgres.process.thaw()
    site.wait_for_reasons({})

    postgres.process.kill()
    site.wait_for_reasons(without_database("The database does not answer."))
    status, text = site.page()
    postgres.start()
    site.wait_for_reasons({})

    assert (status, "The database does not answer" in text) == (503, True)
