"""`make test`: what the machine lacks, then every test, then the quick ones on PostgreSQL again."""

import signal
import subprocess
import sys
import tempfile
import time

from scripts import debian

# What is not quick starts homes of its own, on both databases where that matters; what stands
# at the top is about the house and asks no database.
QUICK = ("-m", "not browser and not engine and not homes", "--ignore-glob=tests/test_*.py")


def main() -> int:
    started = time.monotonic()
    try:
        debian.install(debian.lacking_for_tests())
    except (debian.Missing, subprocess.CalledProcessError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryFile("w+") as said:
        # Side by side, because most tests wait for something; this one's words come at the end.
        again = subprocess.Popen(python("tests.on_postgres", *QUICK), stdout=said, stderr=said)
        try:
            head("Every test")
            failed = subprocess.run(python("pytest", *sys.argv[1:]), check=False).returncode
            failed |= again.wait()
        finally:
            if again.poll() is None:
                again.send_signal(signal.SIGINT)  # so that it stops its server
        head("The quick ones again, on PostgreSQL")
        said.seek(0)
        print(said.read())
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(bool(failed))


def head(words: str) -> None:
    print(f"── {words} " + "─" * (80 - len(words)), flush=True)


def python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


if __name__ == "__main__":
    sys.exit(main())
