"""Workers killed at random moments: nobody gets a message twice, nobody is lost."""

import os
import signal

import pytest

from tests.engine.weather import Weather
from tests.servers import wait_for

pytestmark = pytest.mark.engine

KILLS = 20
CONTACTS = 4_000
HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
ON_REDIS = [pytest.param("redis", marks=pytest.mark.homes)]


@pytest.mark.parametrize("home", [*HOMES, *ON_REDIS], indirect=True)
def test_workers_killed_at_random_lose_and_double_nothing(works, dice):
    works.api.latency = 0.1
    weather = Weather(works, dice)
    works.send_to(CONTACTS)

    weather.kill_at_random(KILLS)
    works.api.latency = 0.0
    works.wait()

    works.assert_proven(kills=weather.kills)
    assert weather.kills >= KILLS
    assert weather.family.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_a_worker_frozen_past_its_lease_doubles_nothing(works):
    workers = [works.worker(), works.worker()]
    works.send_to(1_200)
    wait_for(lambda: len(works.api.posts) > 50, what="posts")
    frozen = wait_for(lambda: freeze(works, workers), what="a moment without a lock")
    wait_for(lambda: works.books()["uncertain"], what="the reaping")
    frozen.thaw()
    works.wait()

    works.assert_proven(kills=1)
    assert {worker.stop() for worker in workers} == {0}


def freeze(works, workers):
    """Whoever is frozen while it writes to SQLite holds up everybody, until it is thawed."""
    leased = "SELECT owner FROM push_chunk WHERE state = 'leased' LIMIT 1"
    [(owner,)] = wait_for(lambda: works.ask(leased), what="a chunk in somebody's hands")
    [worker] = [worker for worker in workers if owner.endswith(f":{worker.pid}")]
    worker.freeze()
    mine = f"SELECT COUNT(*) FROM push_chunk WHERE owner = '{owner}' AND sending > 0"
    if works.ask(mine) == [(1,)] and works.is_writable():
        return worker
    worker.thaw()
    return None


@pytest.mark.parametrize("home", ["sqlite", *ON_REDIS], indirect=True)
def test_term_drains_and_leaves_nothing_uncertain(works):
    works.api.latency = 0.2
    worker = works.worker()
    works.send_to(400)
    wait_for(lambda: len(works.api.posts) > 20, what="posts")

    worker.signal(signal.SIGTERM)

    assert worker.wait() == 0
    assert works.books()["sending"] == 0
    assert works.books()["sent"] == len(works.api.posts)
    successor = works.worker()
    works.wait()
    works.assert_proven()
    assert successor.stop() == 0


@pytest.mark.parametrize("home", ON_REDIS, indirect=True)
def test_a_family_of_processes_replaces_a_dead_child_and_ends_together(works):
    family = works.worker("--processes", "2")
    works.send_to(1_200)
    wait_for(lambda: len(works.api.posts) > 100, what="posts")
    leased = "SELECT owner FROM push_chunk WHERE state = 'leased' LIMIT 1"
    [(owner,)] = wait_for(lambda: works.ask(leased), what="a chunk in somebody's hands")
    os.kill(int(owner.split(":")[1]), signal.SIGKILL)
    works.wait()

    works.assert_proven(kills=1)
    assert family.stop() == 0
    assert "another one starts" in family.said
