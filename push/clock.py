"""The clock by which posts leave and leases end in this process.

It also counts the time that the machine sleeps, which Python's `time.monotonic` does not: a laptop
that wakes up must know that its leases ran out, and that others have taken over meanwhile.
"""

import time

# Linux has CLOCK_BOOTTIME for this; the monotonic clock of macOS counts sleep by itself.
CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def now() -> float:
    """Seconds since some moment before this process began."""
    return time.monotonic() if CLOCK is None else time.clock_gettime(CLOCK)
