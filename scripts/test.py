"""`make test`: what the machine lacks, then every test, then the quick ones on PostgreSQL again."""

import subprocess
import sys
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
    failed = fails("Every test", "pytest", *sys.argv[1:])
    failed |= fails("The quick ones again, on PostgreSQL", "tests.on_postgres", *QUICK)
    print(f"{'FAILED' if failed else 'Passed'} in {time.monotonic() - started:.0f} s.")
    return int(failed)


def fails(says: str, module: str, *words: str) -> bool:
    print(f"── {says} " + "─" * (80 - len(says)), flush=True)
    return bool(subprocess.run([sys.executable, "-m", module, *words], check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
