"""What the engine costs: beside a bare loop, beside a task for each, alone, together, and large."""

import statistics
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from bench.engine_home import (
    ASKING,
    THREADS,
    Account,
    Laid,
    Run,
    Servers,
    StandIn,
    laid,
    standing_in,
)
from tests.servers import wait_for

Line = tuple[str, float, str, str]

HOMES = ("sqlite", "postgresql")
LATENCY = 0.05
PAGES = {"DJANGO_SETTINGS_MODULE": "bench.engine_settings"}
# Posts a minute, and by how much more than that the stand-in answers 429.
PACE, MORE = 2_400, 1.02


@dataclass(frozen=True)
class Sizes:
    """How many contacts each part sends to."""

    loop: int
    workers: int
    naive: int
    small: int
    large: int


QUICK = Sizes(loop=800, workers=4_000, naive=10_000, small=2_000, large=20_000)
FULL = Sizes(loop=8_000, workers=16_000, naive=10_000, small=10_000, large=1_000_000)


def beside_a_bare_loop(kind: str, servers: Servers, sizes: Sizes) -> list[Line]:
    """In turns, and two processes as well: what is waited for is the stand-in's 50 ms."""
    with laid(kind, servers, contacts=sizes.workers) as home, standing_in(latency=LATENCY) as to:
        bare = bare_rate(home, to, sizes.loop)
        one = home.send(to).rate
        two = home.send(to, processes=2).rate
        bare = max(bare, bare_rate(home, to, sizes.loop))
    loop = f"the same client in a bare loop, {THREADS} threads each, 50 ms; at least 0.92"
    return [
        (f"{kind}: engine to bare loop", one / bare, "×", loop),
        (f"{kind}: two workers to one", two / one, "×", "one worker, 50 ms; at least 1.8"),
        (f"{kind}: deliveries at 50 ms", one, "/s", f"one worker, {THREADS} threads"),
    ]


def bare_rate(home: Laid, to: StandIn, count: int) -> float:
    to.clear()
    home.call("engine_bare.post", count, FIRSTLINE_API_BASE=to.url)
    account = to.account()
    assert (account.posts, account.twice) == (count, 0), account
    return account.rate


def beside_a_task_for_each(kind: str, servers: Servers, sizes: Sizes) -> list[Line]:
    """From Send to the last post, to the same contacts, the engine before and after.

    Both put their work on disk first, and that counts: the engine its chunks, the other its tasks.
    """
    with laid(kind, servers, contacts=sizes.naive) as home:
        _bare, creating = home.call("engine_create.times")
    with laid(kind, servers, contacts=sizes.naive) as home, standing_in() as to:
        before = home.send(to).account
        queueing, naive = a_task_for_each(home, to, sizes.naive)
        after = home.send(to).account
    posting = statistics.mean([before.seconds, after.seconds])
    ours, theirs = creating + posting, queueing + naive.seconds
    tasks = "a django-tasks-db task for each with session.post(json=…), 0 ms; at least 10"
    return [
        (f"{kind}: engine to a task for each", theirs / ours, "×", tasks),
        (f"{kind}: of these, posting alone", naive.seconds / posting, "×", "work already queued"),
        (f"{kind}: deliveries at 0 ms", sizes.naive / ours, "/s", f"one worker, {THREADS} threads"),
        (f"{kind}: a task for each", sizes.naive / theirs, "/s", f"queueing: {queueing:.1f} s"),
    ]


def a_task_for_each(home: Laid, to: StandIn, count: int) -> tuple[float, Account]:
    """Seconds to queue them, and what arrived."""
    to.clear()
    env = {"FIRSTLINE_API_BASE": to.url}
    queueing = home.call("engine_naive.enqueue", **env)
    worker = home.home.start("db_worker", "--no-startup-delay", **env)
    wait_for(lambda: to.account().posts >= count, seconds=600, every=ASKING, what="every task")
    worker.stop()
    account = to.account()
    assert (account.posts, account.contacts, account.twice) == (count, count, 0), account
    return queueing, account


def grown(kind: str, servers: Servers, sizes: Sizes) -> list[Line]:
    """A small one before and after the large one, so that a slow hour slows both."""
    with standing_in() as to:
        before = alone(kind, servers, to, sizes.small)
        large = alone(kind, servers, to, sizes.large)
        after = alone(kind, servers, to, sizes.small)
    small = statistics.mean([before.rate, after.rate])
    memory = max(before.memory, after.memory)
    of = f"{sizes.large:,} to {sizes.small:,}"
    return [
        (f"{kind}: time for each, {of}", small / large.rate, "×", "at most 1.10"),
        (f"{kind}: memory, {of}", large.memory / memory, "×", "at most 1.15"),
        (f"{kind}: memory at {sizes.large:,}", large.memory, "MB", "one worker; at most 150"),
        (f"{kind}: sent once each", large.account.contacts, "contacts", f"{large.rate:.0f}/s"),
    ]


def alone(kind: str, servers: Servers, to: StandIn, contacts: int) -> Run:
    """By one worker, in a home of its own."""
    with laid(kind, servers, contacts=contacts) as home:
        return home.send(to)


def created(kind: str, servers: Servers, sizes: Sizes) -> list[Line]:
    with laid(kind, servers, contacts=sizes.large) as home:
        bare, ours = home.call("engine_create.times")
    size = f"{sizes.large:,}"
    return [
        (f"{kind}: creating for {size}", ours / bare, "×", "one bare INSERT … SELECT; at most 1.5"),
        (f"{kind}: seconds to create for {size}", ours, "s", f"bare: {bare:.2f} s"),
    ]


def shown(kind: str, servers: Servers, sizes: Sizes) -> list[Line]:
    """The page of a finished broadcast, small and large, each in a home of its own."""
    spans = []
    for contacts in (1_000, sizes.large):
        with laid(kind, servers, contacts=contacts) as home:
            spans.append(home.call("engine_page.milliseconds", **PAGES))
    small, large = spans
    of = f"{sizes.large:,} deliveries"
    return [
        (f"{kind}: page of {of}", large / small, "×", "of 1,000 deliveries; at most 1.5"),
        (f"{kind}: milliseconds of that page", large, "ms", f"1,000 deliveries: {small:.0f} ms"),
    ]


def paced(kind: str, servers: Servers) -> list[Line]:
    """Four workers for more than a minute, before a server that hardly allows more."""
    contacts = round(PACE * 1.1)
    with (
        laid(kind, servers, contacts=contacts) as home,
        standing_in(latency=LATENCY, per_minute=round(PACE * MORE)) as to,
    ):
        account = home.send(to, processes=4, rate=PACE).account
    against = "four workers for more than 60 s; 0.98 to 1.02"
    return [
        (f"{kind}: pace set to pace measured", PACE / (account.rate * 60), "×", against),
        (f"{kind}: posts answered 429", account.refused, "posts", "at 2 % more than that; none"),
    ]


def paces(servers: Servers) -> list[Line]:
    """Both homes at once: they mostly wait."""
    servers("postgres")
    with ThreadPoolExecutor() as together:
        found = list(together.map(lambda kind: paced(kind, servers), HOMES))
    return [line for lines in found for line in lines]


def main(words: Collection[str], *, full: bool) -> Iterator[list[Line]]:
    """Those parts whose names begin with one of the words, on private servers."""
    sizes, servers = FULL if full else QUICK, Servers()
    parts = all_parts(servers, sizes)
    try:
        for name, part in parts.items():
            if any(name.startswith(word) for word in words):
                yield part()
    finally:
        servers.stop()


def all_parts(servers: Servers, sizes: Sizes) -> dict[str, Callable[[], list[Line]]]:
    """Such as `engine-sqlite-loop`; a million is also sent by way of Redis."""
    found: dict[str, Callable[[], list[Line]]] = {
        f"engine-{kind}-{name}": partial(part, kind, servers, sizes)
        for name, part in PARTS.items()
        for kind in HOMES
    }
    found["engine-paced"] = partial(paces, servers)
    if sizes is FULL:
        found["engine-redis-grown"] = partial(grown, "redis", servers, sizes)
    return found


PARTS = {
    "loop": beside_a_bare_loop,
    "naive": beside_a_task_for_each,
    "created": created,
    "shown": shown,
    "grown": grown,
}
