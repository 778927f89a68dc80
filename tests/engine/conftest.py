"""An installation with a filled list, a counting server, and workers that may be killed."""

import os
import random

import pytest

from tests.engine.counting import Counting
from tests.engine.works import Works


@pytest.fixture
def api():
    with Counting(latency=0.01) as counting:
        yield counting


@pytest.fixture
def works(home, api):
    works = Works(home, api)
    yield works
    works.connection.close()


@pytest.fixture
def dice():
    """Random, but the same again: `SEED` sets another seed than the usual one."""
    seed = int(os.environ.get("SEED", "20261122"))
    print(f"SEED={seed}")
    return random.Random(seed)
