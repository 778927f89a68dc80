"""Imports whose workers die, freeze or stop: every row once, and exactly counted."""

import os
import re
import signal
from pathlib import Path

import pytest

from push import rejects
from tests.engine.weather import children
from tests.engine.works import Works
from tests.servers import wait_for

pytestmark = pytest.mark.engine

HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
ON_REDIS = [pytest.param("redis", marks=pytest.mark.homes)]
# So many that a state lasts until another process has seen it, on a busy machine too.
ROWS = 20_000
UPLOAD = """
from pathlib import Path
from django.contrib.auth.models import User
from push import uploads
from push.models import Contact
owner, _ = User.objects.get_or_create(username="佩珊")
Contact.objects.bulk_create(
    Contact(channel="line", contactable_id=f"U{n}", name=f"小明{n}" if n %% 2 else "舊名")
    for n in range(%d)
)
content = Path(%r).read_bytes()
print(uploads.receive([content], owner=owner, file_name="contacts.csv", channel="line").key.hex)
"""
GO = """
from push import uploads
from push.models import Import
for found in Import.objects.all():
    assert uploads.start(found)
"""
COUNTS = "SELECT created, updated, unchanged, rejected FROM push_import ORDER BY id"


class Imports(Works):
    """One home with an upload, and the books of its import as another program sees them."""

    def upload(self, lines, *, known=0):
        path = self.home.folder / "contacts.csv"
        path.write_text("id,name,tags\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return self.home.python(UPLOAD % (known, str(path)))

    def go(self):
        self.wait_for_state("checked")
        self.home.python(GO)

    def states(self):
        return {state for (state,) in self.ask("SELECT state FROM push_import")}

    def wait_for_state(self, state):
        wait_for(lambda: self.states() == {state}, seconds=120, what=f"{state}: {self.books()}")

    def books(self):
        return self.ask(f"SELECT state, attempt, {COUNTS.removeprefix('SELECT ')}")

    def done(self):
        return sum(self.ask(COUNTS)[0])

    def wait_for_rows(self, count):
        wait_for(lambda: self.done() >= count, seconds=60, what=f"{count} rows: {self.books()}")

    def attempts(self):
        return self.ask("SELECT attempt FROM push_import")[0][0]

    def reported(self, key):
        text = (self.home.folder / "uploads" / f"{key}.rejected").read_text(encoding="utf-8")
        return text.count("\n")

    def freeze(self, worker):
        """Whoever is frozen while it writes to SQLite holds up everybody, until it is thawed."""
        worker.freeze()
        if self.is_writable():
            return True
        worker.thaw()
        return False


@pytest.fixture
def imports(home, api):
    imports = Imports(home, api)
    yield imports
    imports.connection.close()


def lines():
    """Every seventh has no id, the first thousands are known already; half of those differ."""
    return [f"{'' if n % 7 == 6 else f'U{n}'},小明{n},vip" for n in range(ROWS)]


KNOWN = 4_000
REJECTED = ROWS // 7
CREATED = ROWS - KNOWN - sum(n % 7 == 6 for n in range(KNOWN, ROWS))
# Those that are known lack the tag.
UPDATED = KNOWN - sum(n % 7 == 6 for n in range(KNOWN))


def assert_exact(imports, key):
    """As one worker alone would have left it."""
    assert imports.ask(COUNTS) == [(CREATED, UPDATED, 0, REJECTED)]
    named = "SELECT COUNT(*) FROM push_contact WHERE name LIKE '小明%'"
    skipped = sum(n % 7 == 6 and not n % 2 for n in range(KNOWN))
    assert imports.ask(named) == [(KNOWN + CREATED - skipped,)]
    tagged = "SELECT COUNT(*), COUNT(DISTINCT contact_id) FROM push_contact_tags"
    assert imports.ask(tagged) == [(CREATED + UPDATED,) * 2]
    entries = "SELECT COUNT(*) FROM people_entry WHERE verb = 'imported contacts'"
    assert imports.ask(entries) == [(1,)]
    # Header, rows, and how many more.
    assert imports.reported(key) == REJECTED + 2


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_workers_killed_in_the_middle_import_and_count_every_row_once(imports):
    key = imports.upload(lines(), known=KNOWN)
    worker = imports.worker()
    wait_for(lambda: imports.states() == {"checking"}, what="the reading")
    worker = killed_and_replaced(imports, worker)
    imports.go()

    for part in (1, 2, 3):
        imports.wait_for_rows(part * ROWS // 5)
        worker = killed_and_replaced(imports, worker)
    imports.wait_for_state("done")

    assert_exact(imports, key)
    assert imports.attempts() > 2
    assert worker.stop() == 0


def killed_and_replaced(imports, worker):
    """The worker alone is killed: what it started must end by itself."""
    readers = children(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    successor = imports.worker()
    wait_for(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers), what="the readers' end"
    )
    return successor


@pytest.mark.parametrize("home", HOMES, indirect=True)
@pytest.mark.parametrize("state", ["checking", "running"])
def test_a_worker_frozen_past_its_lease_writes_nothing_more(imports, state):
    key = imports.upload(lines(), known=KNOWN)
    frozen = imports.worker()
    if state == "running":
        imports.go()
    wait_for(lambda: imports.states() == {state}, what=state)
    imports.wait_for_rows(1_000)
    wait_for(lambda: imports.freeze(frozen), what="a moment without a lock")
    assert imports.states() == {state}
    attempts = imports.attempts()

    successor = imports.worker()
    wait_for(lambda: imports.attempts() > attempts, what="another worker")
    frozen.thaw()
    wait_for(lambda: "is no longer its own" in frozen.said, what="the frozen one's end")
    if state == "checking":
        imports.go()
    imports.wait_for_state("done")

    assert_exact(imports, key)
    assert {frozen.stop(), successor.stop()} == {0}


@pytest.mark.parametrize("home", [*HOMES, *ON_REDIS], indirect=True)
def test_a_worker_that_is_stopped_hands_its_import_over(imports):
    worker = imports.worker()
    key = imports.upload(lines(), known=KNOWN)
    imports.go()
    imports.wait_for_rows(2_000)

    assert worker.stop() == 0
    [(state, _attempt, *counts)] = imports.books()
    assert (state, sum(counts) % 1_000, sum(counts) < ROWS) == ("waiting", 0, True)
    successor = imports.worker()
    imports.wait_for_state("done")

    assert_exact(imports, key)
    assert successor.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_two_imports_of_the_same_contacts_share_them(imports):
    """In opposite orders, each with half of the tags first."""
    family = imports.worker("--processes", "2")
    rows = [f"U{n},小明{n},{'甲;乙' if n % 2 else '乙;甲'}" for n in range(6_000)]
    imports.upload(rows)
    imports.upload(rows[::-1])
    imports.go()
    imports.wait_for_state("done")

    one, two = imports.ask(COUNTS)
    assert [sum(counts) for counts in (one, two)] == [6_000, 6_000]
    assert one[0] + two[0] == 6_000
    assert one[1] + two[1] == 0
    assert imports.ask("SELECT COUNT(*) FROM push_contact") == [(6_000,)]
    assert family.stop() == 0
    assert "Traceback" not in family.said


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_whoever_reads_for_long_is_not_taken_for_dead(imports):
    """Rows that an earlier attempt imported are read again, for longer than a lease."""
    imports.upload([f"U{n},a," for n in range(300_000)])
    imports.connection.execute("UPDATE push_import SET state = 'waiting', unchanged = 299990")
    imports.connection.commit()

    workers = [imports.worker(), imports.worker()]
    imports.wait_for_state("done")

    assert imports.ask(f"SELECT attempt, {COUNTS.removeprefix('SELECT ')}") == [
        (1, 10, 0, 299_990, 0)
    ]
    assert {worker.stop() for worker in workers} == {0}


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_a_worker_stays_small_whatever_it_imports(imports):
    """Nothing but rows to leave out, and long ones."""
    worker = imports.worker()
    key = imports.upload([*[",誰"] * 150_000, *[f",{'x' * 50_000}"] * 400])
    imports.wait_for_state("checked")

    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker.pid}/status").read_text())
    assert int(peak) < 200_000
    assert imports.ask(COUNTS) == [(0, 0, 0, 150_400)]
    assert imports.reported(key) == rejects.ROWS_MAX + 2
    assert worker.stop() == 0
