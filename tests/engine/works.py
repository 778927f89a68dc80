"""One home under load: a broadcast, workers that may be killed, and the books from outside."""

import sqlite3
from contextlib import closing
from functools import cached_property
from pathlib import Path

import psycopg

from tests.servers import wait_for

FILL = """
from composer.models import Template, Version
from push.models import Contact
Contact.objects.bulk_create(
    Contact(channel="line", contactable_id=f"U{n}", name=f"小明{n}") for n in range(%d)
)
template = Template.objects.create(name="歡迎", kind="text", state="published")
payload = {"type": "text", "message": "嗨 {{ name | 貴賓 }}"}
version = Version.objects.create(template=template, number=1, payload=payload)
"""
START = """
from uuid import uuid4
from push import broadcasts
from push.audience import Audience
audience = Audience("line", everyone=True)
broadcasts.start(version, audience=audience, by=None, press=uuid4())
"""
SUMS = """
SELECT SUM(waiting + sending + sent + held + failed + uncertain + cancelled), SUM(waiting),
       SUM(sending), SUM(sent), SUM(uncertain), SUM(cancelled) FROM push_chunk
"""
# Posts in flight in each worker process, and how many it may have claimed ahead.
THREADS, WINDOW = 8, 12
LEASE, SWEEP = 2, 1


class Works:
    """`send_to` starts a broadcast; `ask` reads its books as another program sees them."""

    def __init__(self, home, api):
        self.home, self.api, self.count = home, api, 0
        home.env |= {
            "FIRSTLINE_API_BASE": api.url,
            "FIRSTLINE_RATE_PER_MINUTE": "6000000",
            "FIRSTLINE_CONCURRENCY": str(THREADS),
            "FIRSTLINE_TIMEOUT": "2,5",
            "ENGINE_LEASE": str(LEASE),
            "ENGINE_SWEEP": str(SWEEP),
        }

    def worker(self, *words, **env):
        return self.home.start("worker", *words, **env)

    def worker_by_the_clock(self, shift):
        """A worker whose clock is wrong by so much, such as `+1h`, as its database calls see it."""
        [library, *_others] = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        clock = str(Path(__file__).parent / "clock")
        fake = {"FAKETIME": shift, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        return self.worker(LD_PRELOAD=str(library), PYTHONPATH=clock, **fake)

    def fill(self, count):
        self.count = count
        self.home.python(FILL % count)

    def send_to(self, count):
        """Starts a broadcast to so many new contacts."""
        self.count = count
        self.home.python(FILL % count + START)

    def wait_for_posts(self, count, *, seconds=120):
        """Until so many more have arrived, or there is nothing left to post."""
        wanted = len(self.api.posts) + count
        wait_for(
            lambda: len(self.api.posts) >= wanted or self.state() == "done",
            seconds=seconds,
            what=f"{count} more posts: {self.books()}",
        )

    def ask(self, query):
        """Straight from the database; asks again when that was restarted in between."""
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
        return self.ask("SELECT state FROM push_broadcast ORDER BY id")[0][0]

    def wait(self, state="done", *, seconds=120):
        wait_for(lambda: self.state() == state, seconds=seconds, what=f"{state}: {self.books()}")

    def wait_until_closed(self):
        """A cancelled broadcast's books are closed chunk by chunk."""
        wait_for(
            lambda: not self.books()["waiting"] and not self.books()["sending"],
            what=f"closed books: {self.books()}",
        )

    def wait_until_still(self):
        """What was on its way has come home, and nobody has a chunk any more."""
        left = "SELECT COUNT(*) FROM push_chunk WHERE state = 'leased' OR sending > 0"
        wait_for(lambda: self.ask(left) == [(0,)], what=f"the last answer: {self.books()}")

    def wait_for_all(self, count):
        """That many broadcasts are done."""
        done = "SELECT COUNT(*) FROM push_broadcast WHERE state = 'done'"
        wait_for(lambda: self.ask(done) == [(count,)], seconds=120, what="the last broadcast")

    def books(self):
        names = ("audience", "waiting", "sending", "sent", "uncertain", "cancelled")
        return dict(zip(names, self.ask(SUMS)[0], strict=True))

    def outcomes(self):
        return dict(self.ask("SELECT outcome, COUNT(*) FROM push_delivery GROUP BY outcome"))

    def assert_proven(self, *, kills=0, cancelled=0):
        """Nobody twice, nobody lost, everybody in one state, uncertain only what was in hand."""
        assert self.api.doubled == {}
        outcomes, books = self.outcomes(), self.books()
        sent, uncertain = outcomes.get("sent", 0), outcomes.get("uncertain", 0)
        assert sum(outcomes.values()) == books["audience"] == self.count
        assert (books["waiting"], books["sending"]) == (0, 0)
        assert (sent, uncertain) == (books["sent"], books["uncertain"])
        assert uncertain <= kills * WINDOW
        assert sent + uncertain == self.count - cancelled
        assert sent <= len(self.api.posts) <= sent + uncertain


def connected(url):
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        return None
