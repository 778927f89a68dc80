"""`make test`: what the machine lacks, then every test, and on PostgreSQL what asks a database.

Lanes run side by side, because most tests wait for something: those that kill processes, those
that drive browsers, and the quick ones on each database. The first is heard at once, the others
at the end.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from scripts import debian

QUICK = "not browser and not engine and not homes"
# A busy machine can make a process late: what waited in vain is tried once more, and said so.
# Whatever else fails has failed.
PATIENT = ("--reruns=1", "--only-rerun=[Tt]imeout|in vain", "-r", "R")
TWO = ("-n", "2", "--dist=worksteal", *PATIENT)
LANES = {
    "Engines and homes": ("pytest", "-m", "engine or homes", *TWO),
    "Browsers": ("pytest", "-m", "browser", *TWO),
    "The quick tests": ("pytest", "-m", QUICK),
    # What stands at the top of the tests asks nothing of a database.
    "The quick tests that ask a database, on PostgreSQL": (
        "tests.on_postgres",
        "-m",
        QUICK,
        "--ignore-glob=tests/test_*.py",
    ),
}


def main() -> int:
    started = time.monotonic()
    if not debian.prepare("The tests"):
        return 2
    failed = side_by_side()
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(failed)


def side_by_side() -> bool:
    first, *others = LANES
    with ThreadPoolExecutor(len(LANES)) as pool, ExitStack() as stack:
        said = {lane: stack.enter_context(TemporaryFile("w+")) for lane in others}
        beside = [pool.submit(run, lane, said[lane]) for lane in others]
        failed = run(first, sys.stdout)
        for lane, to in zip(beside, said.values(), strict=True):
            failed |= lane.result()
            to.seek(0)
            print(to.read())
    return failed


def run(lane: str, to: IO[str]) -> bool:
    print(f"── {lane} " + "─" * (80 - len(lane)), file=to, flush=True)
    # Each lane keeps its own list of what failed, which the one beside it does not overwrite.
    kept = f"cache_dir=.pytest_cache/{list(LANES).index(lane)}"
    command = [sys.executable, "-m", *LANES[lane], "-o", kept]
    return bool(subprocess.run(command, stdout=to, stderr=to, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
