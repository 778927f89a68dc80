"""What the engine promises while all is well: watermark first, one pace, exit codes that tell."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import accumulate
from statistics import median

import pytest

from tests.engine.weather import children
from tests.servers import wait_for

pytestmark = pytest.mark.engine

HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
CLAIMED = """
SELECT chunk.claimed_to >= delivery.id FROM push_delivery AS delivery
JOIN push_contact AS contact ON contact.id = delivery.contact_id
JOIN push_chunk AS chunk ON delivery.id BETWEEN chunk.first AND chunk.last
WHERE contact.contactable_id = '%s'
"""


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_the_claim_is_on_disk_before_the_post_arrives(works):
    claimed = []
    works.api.look = lambda contact: claimed.append(bool(works.ask(CLAIMED % contact)[0][0]))
    worker = works.worker()

    works.send_to(60)
    works.wait()

    assert claimed == [True] * 60
    assert worker.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_two_processes_keep_one_pace(works):
    worker = works.worker("--processes", "2", FIRSTLINE_RATE_PER_MINUTE="1200")

    works.send_to(120)
    works.wait()

    # A busy machine is late now and then, also at the first post: the usual span is what counts.
    moments = sorted(works.api.moments)
    spans = [after - before for before, after in zip(moments, moments[60:], strict=False)]
    # A machine that is busy throughout is slower, and never faster; two paces would be 2,400, and
    # half of one 600.
    assert 800 < 60 / median(spans) * 60 < 1_200 * 1.02
    assert worker.stop() == 0


@pytest.fixture
def busy():
    """As many loops that do nothing as the machine has processors; they end by themselves."""
    loop = "import time\nend = time.time() + 120\nwhile time.time() < end: pass"
    loops = [subprocess.Popen([sys.executable, "-c", loop]) for _ in range(os.cpu_count() or 1)]
    yield
    for each in loops:
        each.kill()
        each.wait()


def ahead_of_the_pace(moments, step):
    """By how many seconds' worth, at most, posts were too many: in any window, of any length."""
    behind = [number * step - at for number, at in enumerate(sorted(moments))]
    lowest = accumulate(behind, min)
    return max(here - low for here, low in zip(behind, lowest, strict=True))


def freeze(*processes):
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)


def thaw(*processes):
    for pid in processes:
        os.kill(pid, signal.SIGCONT)


def some_posts_or(works, *, seconds):
    """A process may wait for a lock that a frozen one has."""
    wanted, end = len(works.api.moments) + 15, time.monotonic() + seconds
    wait_for(lambda: len(works.api.moments) >= wanted or time.monotonic() > end)


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_no_minute_has_more_arrivals_than_the_pace_whatever_is_frozen(works, busy):
    """One after the other has the pace for itself, is frozen with posts in hand, then all go on."""
    rate = 1_200
    settings = {"FIRSTLINE_RATE_PER_MINUTE": str(rate), "ENGINE_LEASE": "20"}
    works.send_to(4_000)
    family = works.worker("--processes", "4", **settings)
    leased = "SELECT COUNT(*) FROM push_chunk WHERE state = 'leased'"
    wait_for(lambda: works.ask(leased) == [(4,)], what="a chunk for each process")
    processes = children(family.pid)
    for _ in range(3):
        freeze(*processes)
        for each in processes:
            thaw(each)
            some_posts_or(works, seconds=1.0)
            freeze(each)
        thaw(*processes)
        works.wait_for_posts(40)
    assert family.stop() == 0

    # Half a second's worth by the engine, and as much again for the way to the server.
    assert ahead_of_the_pace(works.api.moments, 60 / rate) < 1.0
    assert works.api.doubled == {}


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_send_and_wait_tells_by_its_exit_code(works):
    worker = works.worker()
    works.send_to(30)

    good = works.home.manage("send_broadcast", "歡迎", "--channel=line", "--all", "--wait")
    works.api.refused = {"U3"}
    words = ("send_broadcast", "歡迎", "--channel=line", "--all", "--wait", "--rate=6000")
    bad = works.home.manage(*words, check=False)

    sent = {"audience": 30, "waiting": 0, "sent": 30, "held": 0, "failed": 0}
    rest = {"uncertain": 0, "cancelled": 0}
    assert good.stdout.splitlines() == ["2", json.dumps({"broadcast": 2, **sent, **rest})]
    assert "30/30" in good.stderr
    refused = {"broadcast": 3, **sent, "sent": 29, "failed": 1, **rest}
    assert bad.stdout.splitlines() == ["3", json.dumps(refused)]
    assert bad.returncode == 3
    assert worker.stop() == 0
