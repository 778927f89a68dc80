"""What may happen to workers and to all that they need, at random moments of a broadcast."""

import os
import resource
import signal
import subprocess
import time
from pathlib import Path

from tests.engine.works import LEASE
from tests.servers import wait_for

FAMILY = 3
# Files may not grow beyond this: enough for a log, not for a database; no page is torn by it.
NO_ROOM = 16_384


class Weather:
    """A family of workers over one broadcast, and what befalls it.

    `windows` counts what may have become uncertain: one window for each worker that lost
    what it had in hand.
    """

    def __init__(self, works, dice, *, server=None):
        self.works, self.dice, self.server = works, dice, server
        self.windows = self.kills = 0
        self.family = self.born()

    def born(self):
        return self.works.worker("--processes", str(FAMILY))

    @property
    def workers(self):
        return children(self.family.pid)

    def kill_at_random(self, times):
        """Workers while they work, now and then all at once."""
        for _ in range(times):
            self.works.wait_for_posts(5)
            time.sleep(self.dice.uniform(0, 0.3))
            self.dice.choices([self.kill_one, self.kill_all], [9, 1])[0]()

    def kill_one(self):
        self.lose(1)
        self.signal_one(signal.SIGKILL)

    def kill_all(self):
        self.lose(len(self.workers))
        self.family.kill()
        self.family = self.born()

    def lose(self, count):
        self.kills += count
        self.windows += count

    def freeze_one(self):
        """Past its lease; where it was writing to SQLite, everybody waits for it to be thawed."""
        frozen = self.signal_one(signal.SIGSTOP)
        time.sleep(LEASE + 1)
        os.kill(frozen, signal.SIGCONT)
        self.windows += 1

    def signal_one(self, number):
        chosen = self.dice.choice(wait_for(lambda: self.workers, what="a worker"))
        os.kill(chosen, number)
        return chosen

    def crash_api(self):
        """For a moment nobody listens."""
        self.windows += FAMILY
        self.works.api.crash()
        time.sleep(self.dice.uniform(0, 1))
        self.works.api.revive()

    def crash_database(self):
        self.server("postgres").restart()

    def crash_redis(self):
        """It has no disk, so it comes back empty."""
        self.server("redis_server").restart()

    def empty_redis(self):
        self.server("redis_server").empty()

    def fill_disk_of_server(self):
        fill_disk_of(self.server("postgres"))
        time.sleep(self.dice.uniform(0.5, 1.5))
        free_disk_of(self.server("postgres"))

    def fill_disk(self):
        """Whoever works on SQLite can write nothing for a moment."""
        workers = self.workers
        for worker in workers:
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (NO_ROOM, resource.RLIM_INFINITY))
        time.sleep(self.dice.uniform(0.5, 1.5))
        for worker in workers:
            give_room(worker)


def give_room(pid):
    """A process may have ended meanwhile."""
    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    except ProcessLookupError:
        return


def children(pid):
    """The processes that this one started and that live; a zombie is dead."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found if not is_dead(child)]


def is_dead(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def fill_disk_of(server):
    """No file of this PostgreSQL may grow, so it ends at its next word to the log."""
    set_room(server, NO_ROOM)


def free_disk_of(server):
    """Somebody makes room, and the server's keeper starts it again where it ended."""
    if server.process.is_alive:
        set_room(server, "unlimited")
    server.restart()


def set_room(server, size):
    """As its own user, who needs no right for that; some of its processes end meanwhile."""
    for pid in [server.process.pid, *children(server.process.pid)]:
        words = ["prlimit", f"--pid={pid}", f"--fsize={size}:"]
        subprocess.run(
            words,
            user=server.user,
            group=server.user,
            check=False,
            stderr=subprocess.DEVNULL,
        )
