"""`make bench`: one line each on stdout: name, value, unit, against what. `FULL=1` runs larger.

`python -m bench engine-sqlite engine-paced` runs only the engine's parts of these names.
"""

import os
import sys

from bench import checker, editing, engine, keystroke, requests, start, weight
from scripts import debian
from tests.homes import Product


def main() -> int:
    is_full, words = os.environ.get("FULL") == "1", sys.argv[1:]
    if not debian.prepare("The benches"):
        return 2
    if not words:
        pages(is_full)
    for results in engine.main(words or ["engine"], full=is_full):
        say(results)
    return 0


def pages(is_full: bool) -> None:
    say(checker.of_the_largest_carousel(times=500 if is_full else 100))
    say(start.second_start(times=7 if is_full else 3))
    with Product(DJANGO_SETTINGS_MODULE="bench.settings") as product:
        say(requests.preview_against_nothing(product, seconds=20 if is_full else 4))
        say(weight.weigh(product))
        say(keystroke.to_picture(product, keys=480 if is_full else 120))
        say(editing.edits(product, times=20 if is_full else 5))


def say(results: list[tuple[str, float, str, str]]) -> None:
    for name, value, unit, against in results:
        print(f"{name}\t{value:.3g}\t{unit}\t{against}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
