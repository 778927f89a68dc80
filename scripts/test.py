"""`make test`: what the machine lacks, then every test, the quick ones on PostgreSQL as well.

Two lanes run side by side, because most tests wait for something: the quick ones, whose words
come at the end, beside those that drive browsers and kill processes.
"""

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import IO

from scripts import debian

QUICK = "not browser and not engine and not homes"
# Its own list of what failed, which the lanes beside it do not overwrite.
BROWSERS = ("pytest", "-m", "browser", "-o", "cache_dir=.pytest_cache/browser")
ENGINES = ("pytest", "-m", "engine or homes")
# What stands at the top of the tests is about the house and asks no database.
LANES = {
    "The quick tests": ("pytest", "-m", QUICK),
    "The quick tests, on PostgreSQL": (
        "tests.on_postgres",
        *("-m", QUICK, "--ignore-glob=tests/test_*.py"),
    ),
}


def main() -> int:
    started = time.monotonic()
    try:
        debian.install(debian.lacking_for_tests())
    except (debian.Missing, subprocess.CalledProcessError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+") as said:
        quick = beside.submit(all_quick, said)
        head("Engines and homes", sys.stdout)
        failed = run(sys.stdout, *ENGINES) | browsers() | quick.result()
        said.seek(0)
        print(said.read())
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(failed)


def browsers() -> bool:
    """Once more what failed: a busy machine can make a browser late, but never twice unseen."""
    head("Browsers", sys.stdout)
    if not run(sys.stdout, *BROWSERS):
        return False
    head("Browsers, once more what failed", sys.stdout)
    return run(sys.stdout, *BROWSERS, "--last-failed", "--last-failed-no-failures=none")


def all_quick(said: IO[str]) -> bool:
    failed = False
    for words, lane in LANES.items():
        head(words, said)
        failed |= run(said, *lane)
    return failed


def head(words: str, to: IO[str]) -> None:
    print(f"── {words} " + "─" * (80 - len(words)), file=to, flush=True)


def run(to: IO[str], module: str, *words: str) -> bool:
    command = [sys.executable, "-m", module, *words]
    return bool(subprocess.run(command, stdout=to, stderr=to, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
