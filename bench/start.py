"""How long a second `make run` takes to its first page."""

import statistics
import time
import urllib.request
from typing import Any

from tests.homes import Home
from tests.servers import wait_for


def second_start(*, times: int) -> list[tuple[str, float, str, str]]:
    with Home() as home:
        seconds = [start(home) for _number in range(times + 1)][1:]
    return [("second start to first page", statistics.median(seconds), "s", "at most 5")]


def start(home: Any) -> float:
    """From typing the command to the whole of the sign-in page."""
    began = time.monotonic()
    process = home.run(["make", "run"])
    wait_for(lambda: has_page(home), seconds=120, what="the first page")
    took = time.monotonic() - began
    process.stop()
    return took


def has_page(home: Any) -> bool:
    try:
        with urllib.request.urlopen(f"{home.url}/accounts/login/", timeout=5) as response:
            return b"</html>" in response.read()
    except OSError:
        return False
