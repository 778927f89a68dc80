"""An installation with a filled list, a counting server, and workers that may be killed."""

import json
import sqlite3
from contextlib import closing

import psycopg
import pytest

from tests.engine.counting import Counting
from tests.servers import wait_for

FILL = """
from composer.models import Template, Version
from push.models import Contact
Contact.objects.bulk_create(
    Contact(channel="line", contactable_id=f"U{n}", name=f"小明{n}") for n in range(%d)
)
template = Template.objects.create(name="歡迎", kind="text", state="published")
payload = {"type": "text", "message": "嗨 {{ name | 貴賓 }}"}
Version.objects.create(template=template, number=1, payload=payload)
"""
SUMS = """
SELECT SUM(waiting + sending + sent + held + failed + uncertain + cancelled), SUM(waiting),
       SUM(sending), SUM(sent), SUM(uncertain) FROM push_chunk
"""


class Works:
    """One home under load: `run` starts a broadcast, `ask` reads its books from outside."""

    def __init__(self, home, api):
        self.home, self.api = home, api
        home.env |= {
            "FIRSTLINE_API_BASE": api.url,
            "FIRSTLINE_RATE_PER_MINUTE": "6000000",
            "FIRSTLINE_CONCURRENCY": "8",
            "FIRSTLINE_TIMEOUT": "2,5",
            "ENGINE_LEASE": "2",
            "ENGINE_SWEEP": "1",
        }

    window = 12

    def fill(self, count):
        self.count = count
        self.home.python(FILL % count)

    def worker(self, *words, **env):
        return self.home.start("worker", *words, **env)

    def send(self, *words):
        return int(
            self.home.manage("send_broadcast", "歡迎", "--channel=line", "--all", *words).stdout
        )

    def status(self, broadcast=1):
        return json.loads(self.home.manage("broadcast_status", broadcast).stdout)

    def ask(self, query):
        """Straight from the database, as another program sees it."""
        url = self.home.database
        if url.startswith("sqlite"):
            opened = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10)
        else:
            opened = psycopg.connect(url)
        with closing(opened) as connection:
            return connection.execute(query).fetchall()

    def is_writable(self):
        """Whether nobody holds the lock that SQLite has for all writers."""
        url = self.home.database
        if not url.startswith("sqlite"):
            return True
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.1)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True

    def state(self):
        return self.ask("SELECT state FROM push_broadcast")[0][0]

    def wait(self, state="done", *, seconds=60):
        wait_for(lambda: self.state() == state, seconds=seconds, what=f"{state}: {self.books()}")

    def wait_for_all(self, count):
        """That many broadcasts are done."""
        done = "SELECT COUNT(*) FROM push_broadcast WHERE state = 'done'"
        wait_for(lambda: self.ask(done) == [(count,)], seconds=60, what="the last broadcast")

    def books(self):
        names = ("audience", "waiting", "sending", "sent", "uncertain")
        return dict(zip(names, self.ask(SUMS)[0], strict=True))

    def outcomes(self):
        return dict(self.ask("SELECT outcome, COUNT(*) FROM push_delivery GROUP BY outcome"))

    def assert_proven(self, *, kills=0):
        """Nobody twice, nobody lost, everybody in one state, uncertain only what was in hand."""
        assert self.api.doubled == {}
        outcomes, books = self.outcomes(), self.books()
        assert sum(outcomes.values()) == books["audience"] == self.count
        assert (books["waiting"], books["sending"]) == (0, 0)
        uncertain = outcomes.get("uncertain", 0)
        assert (outcomes.get("sent", 0), uncertain) == (books["sent"], books["uncertain"])
        assert uncertain <= kills * self.window
        assert outcomes.get("sent", 0) + uncertain == self.count
        assert self.count - uncertain <= len(self.api.posts) <= self.count


@pytest.fixture
def api():
    with Counting(latency=0.01) as counting:
        yield counting


@pytest.fixture
def works(home, api):
    return Works(home, api)
