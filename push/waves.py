"""Waves: so many first, then so many more, then the rest, and a person looks in between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

USUAL = (1, 5, 50)
MOST = 12
LARGEST = 1_000_000
BETWEEN = re.compile(r"[\s,，、;；/→>\-–]+")


@dataclass(frozen=True)
class Cut:
    """Where a chunk ends: `end` counts from the first delivery of the step."""

    end: int
    wave: int


def read(text: str) -> tuple[int, ...]:
    """Sizes as people write them: "1, 5, 50". Raises ValueError."""
    sizes = tuple(int(word) for word in BETWEEN.split(text) if word)
    if len(sizes) > MOST or not all(0 < size <= LARGEST for size in sizes):
        raise ValueError(text)
    return sizes


def in_words(sizes: Sequence[int]) -> str:
    """Such as "1 → 5 → 50"."""
    return " → ".join(f"{size:,}" for size in sizes)


def cuts(begun: int, count: int, sizes: Sequence[int], *, chunk: int) -> Iterator[Cut]:
    """Cuts so many deliveries, `begun` of their broadcast being before them, into chunks."""
    ends = [*accumulate(sizes)]
    done = 0
    while done < count:
        wave = sum(end <= begun + done for end in ends)
        left = ends[wave] - begun - done if wave < len(ends) else count
        done = min(done + chunk, done + left, count)
        yield Cut(done, wave)
