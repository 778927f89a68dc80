"""Worker processes that die again and again."""

import os
import re
import signal

import pytest

from tests.engine.weather import children
from tests.servers import wait_for


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_a_child_that_dies_again_and_again_is_replaced_after_ever_longer_waits(works):
    family = works.worker("--processes", "2")
    wait_for(lambda: len(children(family.pid)) == 2, what="two children")
    known = children(family.pid)

    def new():
        return set(children(family.pid)) - set(known)

    for _ in range(4):
        os.kill(known[-1], signal.SIGKILL)
        known.extend(wait_for(new, what="another child"))

    assert family.stop() == 0
    assert re.findall(r"another one starts in (\S+) s", family.said) == ["0.5", "1", "2", "4"]
