"""What a worker lives through: nothing is lost or doubled, and nobody's hand is needed."""

import resource

import pytest

from tests.engine.counting import Counting
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


@pytest.mark.parametrize("home", REDIS, indirect=True)
def test_a_queue_that_crashes_and_comes_back_empty(works, redis_server):
    worker = works.worker()
    works.send_to(800)
    wait_for(lambda: len(works.api.posts) > 100, what="posts")

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


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_an_api_that_is_down_and_comes_back(works):
    port = works.api.port
    works.api.__exit__()
    worker = works.worker()
    works.send_to(100)
    wait_for(lambda: works.ask("SELECT SUM(troubles) FROM push_pace WHERE troubles > 0")[0][0])

    with Counting(port=port) as works.api:
        works.wait()

        works.assert_proven()
        assert worker.stop() == 0


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_a_queue_that_never_answers_loses_only_the_hint(works):
    works.home.env["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    worker = works.worker()
    works.send_to(50)

    sent = works.home.manage(*SEND)
    works.wait_for_all(2)

    assert (sent.stdout, sent.stderr.count("\n")) == ("2\n", 1)
    assert "a hint was lost, the work is not" in sent.stderr
    assert works.api.posts.total() == 100
    assert worker.stop() == 0
