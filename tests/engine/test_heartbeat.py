"""Real workers that end, die or freeze, and an API that takes posts and says nothing."""

import threading

import pytest

from tests.engine.test_kills import HOMES
from tests.servers import wait_for

pytestmark = pytest.mark.engine

TROUBLE = "from push import broadcasts; print(broadcasts.system_trouble())"


def wait_for_trouble(works, expected):
    wait_for(lambda: works.home.python(TROUBLE) == expected, what=f"trouble {expected!r}")


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_a_worker_that_ends_dies_or_freezes_is_missed(works):
    worker = works.worker()
    wait_for_trouble(works, "")
    worker.freeze()
    wait_for_trouble(works, "no_worker")
    worker.thaw()
    wait_for_trouble(works, "")
    worker.kill()
    wait_for_trouble(works, "no_worker")
    another = works.worker()
    wait_for_trouble(works, "")

    assert another.stop() == 0
    assert works.home.python(TROUBLE) == "no_worker"


@pytest.mark.parametrize("home", HOMES[:1], indirect=True)
def test_a_silent_api_is_named_until_it_answers(works):
    works.home.env["FIRSTLINE_TIMEOUT"] = "2,60"
    answer = threading.Event()
    works.api.look = lambda _contact: answer.wait()
    worker = works.worker()
    works.send_to(20)

    wait_for_trouble(works, "no_answers")
    answer.set()
    works.wait()

    works.assert_proven()
    assert works.home.python(TROUBLE) == ""
    assert worker.stop() == 0
