"""`make test`: what the machine lacks, then every test, and on PostgreSQL what asks a database.

Three lanes run side by side, because most tests wait for something: those that kill processes, the
quick ones, and those that drive browsers. The first is heard at once, the others at the end.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import IO

from scripts import debian

QUICK = "not browser and not engine and not homes"
# Each run keeps its own list of what failed, which the lane beside it does not overwrite.
ENGINES = ("pytest", "-m", "engine or homes")
ON_SQLITE = ("pytest", "-m", QUICK, "-o", "cache_dir=.pytest_cache/quick")
# What stands at the top of the tests is about the house.
WITHOUT_HOUSE = ("-m", QUICK, "--ignore-glob=tests/test_*.py")
ON_POSTGRES = ("tests.on_postgres", *WITHOUT_HOUSE, "-o", "cache_dir=.pytest_cache/postgresql")
BROWSERS = ("pytest", "-m", "browser", "-o", "cache_dir=.pytest_cache/browser")


def main() -> int:
    started = time.monotonic()
    try:
        debian.install(debian.lacking_for_tests())
    except (debian.Missing, subprocess.CalledProcessError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    failed = side_by_side()
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(failed)


def side_by_side() -> bool:
    with ThreadPoolExecutor() as pool, TemporaryFile("w+") as one, TemporaryFile("w+") as other:
        beside = [(pool.submit(quick, one), one), (pool.submit(browsers, other), other)]
        failed = engines(sys.stdout)
        for lane, said in beside:
            failed |= lane.result()
            said.seek(0)
            print(said.read())
    return failed


def engines(to: IO[str]) -> bool:
    return twice(to, "Engines and homes", ENGINES)


def quick(to: IO[str]) -> bool:
    head("The quick tests", to)
    failed = run(to, *ON_SQLITE)
    head("The quick tests that ask a database, on PostgreSQL", to)
    return run(to, *ON_POSTGRES) | failed


def browsers(to: IO[str]) -> bool:
    return twice(to, "Browsers", BROWSERS)


def twice(to: IO[str], words: str, command: tuple[str, ...]) -> bool:
    """Once more what failed: a busy machine can make a process late, but never twice unseen."""
    head(words, to)
    if not run(to, *command):
        return False
    head(f"{words}, once more what failed", to)
    return run(to, *command, "--last-failed", "--last-failed-no-failures=none")


def head(words: str, to: IO[str]) -> None:
    print(f"── {words} " + "─" * (80 - len(words)), file=to, flush=True)


def run(to: IO[str], module: str, *words: str) -> bool:
    command = [sys.executable, "-m", module, *words]
    return bool(subprocess.run(command, stdout=to, stderr=to, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
