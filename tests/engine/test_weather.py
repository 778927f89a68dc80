"""What a worker lives through: nothing is lost or doubled, and nobody's hand is needed."""

import resource
import time

import pytest

from tests.engine.weather import Weather, fill_disk_of, free_disk_of
from tests.engine.works import LEASE, WINDOW
from tests.servers import free_port, wait_for

pytestmark = pytest.mark.engine

POSTGRES = [pytest.param("postgresql", marks=pytest.mark.homes)]
SEND = ("send_broadcast", "歡迎", "--channel=line", "--all")
REDIS = [pytest.param("redis", marks=pytest.mark.homes)]


@pytest.mark.parametrize("home", POSTGRES, indirect=True)
def test_a_database_that_crashes_and_comes_back(works, postgres):
    worker = works.worker()
    works.send_to(1_000)
    wait_for(lambda: len(works.api.posts) > 100, what="posts")

    postgres.restart()
    works.wait()

    works.assert_proven()
    assert worker.stop() == 0
    assert worker.said.count("trying again") <= 4


@pytest.mark.parametrize("home", POSTGRES, indirect=True)
def test_a_database_that_is_away_for_longer_than_a_lease(works, postgres):
    """Nobody could renew in time, and nobody is taken for dead."""
    family = works.worker("--processes", "2")
    works.send_to(2_500)
    wait_for(lambda: len(works.api.posts) > 100, what="posts")

    postgres.process.kill()
    until = time.monotonic() + 2 * LEASE
    wait_for(lambda: time.monotonic() > until and "trying again" in family.said, what="two leases")
    postgres.start()
    works.wait()

    works.assert_proven()
    assert family.stop() == 0
    assert "fell silent" not in family.said


@pytest.mark.parametrize("home", REDIS, indirect=True)
def test_a_queue_that_is_emptied_and_crashes(works, redis_server):
    worker = works.worker()
    works.send_to(800)
    works.wait_for_posts(100)

    redis_server.empty()
    works.wait_for_posts(100)
    redis_server.restart()
    works.wait()
    works.home.manage(*SEND)
    works.wait_for_all(2)

    assert works.api.posts.total() == 1_600
    assert worker.stop() == 0


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_a_full_disk_stops_posting_until_there_is_room(works):
    worker = works.worker()
    works.send_to(1_000)
    wait_for(lambda: len(works.api.posts) > 100, what="posts")

    no_room = (20_000, resource.RLIM_INFINITY)  # enough for a log, not for a database
    limits = resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, no_room)
    wait_for(lambda: "trying again" in worker.said, what="a clear line in the log")
    before = len(works.api.posts)
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, limits)
    works.wait()

    works.assert_proven()
    assert before < 1_000
    assert worker.stop() == 0


@pytest.mark.parametrize("home", POSTGRES, indirect=True)
def test_a_full_disk_of_the_database_server_stops_posting_until_there_is_room(works, postgres):
    worker = works.worker()
    works.send_to(1_000)
    works.wait_for_posts(100)

    fill_disk_of(postgres)
    wait_for(lambda: "trying again" in worker.said, what="a clear line in the log")
    before = len(works.api.posts)
    free_disk_of(postgres)
    works.wait()

    works.assert_proven()
    assert before < 1_000
    assert worker.stop() == 0


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_an_api_that_is_down_and_comes_back(works):
    works.api.crash()
    worker = works.worker()
    works.send_to(100)
    wait_for(lambda: works.ask("SELECT SUM(troubles) FROM push_pace WHERE troubles > 0")[0][0])

    works.api.revive()
    works.wait()

    works.assert_proven()
    assert worker.stop() == 0


@pytest.mark.parametrize("home", ["sqlite", *POSTGRES], indirect=True)
def test_an_api_that_crashes_leaves_only_what_it_had_in_hand_uncertain(works, dice):
    works.api.latency = 0.05
    weather = Weather(works, dice)
    works.send_to(800)

    for _ in range(3):
        works.wait_for_posts(60)
        weather.crash_api()
    works.wait()

    works.assert_proven(kills=weather.windows)
    assert weather.family.stop() == 0


@pytest.mark.parametrize("home", ["sqlite", *POSTGRES], indirect=True)
def test_workers_whose_clocks_are_an_hour_wrong(works):
    workers = [works.worker_by_the_clock(shift) for shift in ("+1h", "-1h")]
    works.api.latency = 0.05
    works.send_to(1_200)
    works.wait_for_posts(100)
    workers.pop(0).kill()
    works.wait()
    # Who was taken for dead is not: his last answers may come after the last chunk is done.
    wait_for(lambda: works.books()["uncertain"] <= WINDOW, what="the answers of the living")

    works.assert_proven(kills=1)
    assert workers[0].stop() == 0


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_a_queue_that_never_answers_loses_only_the_hint(works):
    works.home.env["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    # A queue in Redis has a table of its own.
    works.home.manage("migrate", "--verbosity=0")
    worker = works.worker()
    works.send_to(50)

    sent = works.home.manage(*SEND)
    works.wait_for_all(2)

    assert (sent.stdout, sent.stderr.count("\n")) == ("2\n", 1)
    assert "a hint was lost, the work is not" in sent.stderr
    assert works.api.posts.total() == 100
    assert worker.stop() == 0
