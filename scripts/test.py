"""`make test`: what the machine lacks, then every test, the quick ones on PostgreSQL as well.

Two lanes run side by side, because most tests wait for something: those that kill processes and
the quick ones on PostgreSQL; beside them, with their words at the end, the quick ones and those
that drive browsers.
"""

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import IO

from scripts import debian

QUICK = "not browser and not engine and not homes"
# Each run keeps its own list of what failed, which the lane beside it does not overwrite.
ENGINES = ("pytest", "-m", "engine or homes")
# What stands at the top of the tests is about the house and asks no database.
ON_POSTGRES = ("tests.on_postgres", "-m", QUICK, "--ignore-glob=tests/test_*.py")
ON_SQLITE = ("pytest", "-m", QUICK, "-o", "cache_dir=.pytest_cache/quick")
BROWSERS = ("pytest", "-m", "browser", "-o", "cache_dir=.pytest_cache/browser")


def main() -> int:
    started = time.monotonic()
    try:
        debian.install(debian.lacking_for_tests())
    except (debian.Missing, subprocess.CalledProcessError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+") as said:
        second = beside.submit(pages, said)
        failed = engines(sys.stdout) | second.result()
        said.seek(0)
        print(said.read())
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(failed)


def engines(to: IO[str]) -> bool:
    failed = twice(to, "Engines and homes", ENGINES)
    head("The quick tests, on PostgreSQL", to)
    return run(to, *ON_POSTGRES) | failed


def pages(to: IO[str]) -> bool:
    head("The quick tests", to)
    failed = run(to, *ON_SQLITE)
    return twice(to, "Browsers", BROWSERS) | failed


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
