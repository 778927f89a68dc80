"""An installation with a filled list, a counting server, and workers that may be killed."""

import sqlite3
from contextlib import closing
from functools import cached_property

import psycopg
import pytest

from tests.engine.counting import Counting
from tests.servers import wait_for

FILL = """
from uuid import uuid4
from composer.models import Template, Version
from push import broadcasts
from push.audience import Audience
from push.models import Contact
Contact.objects.bulk_create(
    Contact(channel="line", contactable_id=f"U{n}", name=f"小明{n}") for n in range(%d)
)
template = Template.objects.create(name="歡迎", kind="text", state="published")
payload = {"type": "text", "message": "嗨 {{ name | 貴賓 }}"}
version = Version.objects.create(template=template, number=1, payload=payload)
audience = Audience("line", everyone=True)
broadcasts.start(version, audience=audience, by=None, press=uuid4())
"""
SUMS = """
SELECT SUM(waiting + sending + sent + held + failed + uncertain + cancelled), SUM(waiting),
       SUM(sending), SUM(sent), SUM(uncertain) FROM push_chunk
"""


class Works:
    """One home under load: `send_to` starts a broadcast, `ask` reads its books from outside."""

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

    def worker(self, *words, **env):
        return self.home.start("worker", *words, **env)

    def send_to(self, count):
        """Starts a broadcast to so many new contacts."""
        self.count = count
        self.home.python(FILL % count)

    def ask(self, query):
        """Straight from the database, as another program sees it."""
        try:
            return self.connection.execute(query).fetchall()
        except psycopg.OperationalError:
            del self.connection
            return self.ask(query)

    @cached_property
    def connection(self):
        url = self.home.database
        if url.startswith("sqlite"):
            return sqlite3.connect(self.sqlite, timeout=10, check_same_thread=False)
        return wait_for(lambda: connected(url), what="the database")

    @property
    def sqlite(self):
        return self.home.database.removeprefix("sqlite:///")

    def is_writable(self):
        """Whether nobody holds the lock that SQLite has for all writers."""
        if not self.home.database.startswith("sqlite"):
            return True
        with closing(sqlite3.connect(self.sqlite, timeout=0.1)) as connection:
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


def connected(url):
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        return None


@pytest.fixture
def api():
    with Counting(latency=0.01) as counting:
        yield counting


@pytest.fixture
def works(home, api):
    works = Works(home, api)
    yield works
    works.connection.close()
