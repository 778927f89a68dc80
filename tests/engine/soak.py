"""`make soak MINUTES=30`: everything goes wrong, at random, for a long time, on each home in turn.

Ends by itself with one line of JSON on stdout; exit 0 when everybody got the message once.
"""

import argparse
import json
import random
import sys
import time
import traceback
from collections import Counter

from scripts import debian
from tests.engine.counting import Counting
from tests.engine.weather import Weather
from tests.engine.works import Works
from tests.homes import Home
from tests.servers import Postgres, Redis

ANYWHERE = ["kill_one", "kill_one", "kill_one", "kill_all", "freeze_one", "crash_api"]
ON_POSTGRES = ["crash_database", "fill_disk_of_server"]
WEATHER = {
    "sqlite": [*ANYWHERE, "fill_disk"],
    "postgresql": [*ANYWHERE, *ON_POSTGRES],
    "redis": [*ANYWHERE, *ON_POSTGRES, "crash_redis", "empty_redis"],
}
CONTACTS = (2_000, 8_000)
TROUBLES = (10, 40)
# For all to come home after the last trouble, the longest wait of the pace among it (seconds).
PATIENCE = 300


class Soak:
    """Broadcasts one after the other, each under a weather of its own."""

    def __init__(self, seed, *, minutes):
        self.dice, self.until = random.Random(seed), time.monotonic() + 60 * minutes
        self.account = {"seed": seed, "minutes": minutes, "broadcasts": Counter()}
        self.sums, self.weather = Counter(), Counter()

    def run(self, server):
        while time.monotonic() < self.until:
            for kind in WEATHER:
                self.send(kind, server)

    def send(self, kind, server):
        with Home.on(kind, server) as home, Counting(latency=0.1) as api:
            works = Works(home, api)
            weather = Weather(works, self.dice, server=server)
            works.send_to(self.dice.randint(*CONTACTS))
            self.go_through(weather, WEATHER[kind])
            api.latency = 0.0
            works.wait(seconds=PATIENCE)
            works.assert_proven(kills=weather.windows)
            assert weather.family.stop() == 0
            self.note(kind, works, weather)
            works.connection.close()

    def go_through(self, weather, kinds):
        """One trouble after the other, with a moment of work between them."""
        for _ in range(self.dice.randint(*TROUBLES)):
            if weather.works.state() == "done":
                return
            weather.works.wait_for_posts(self.dice.randint(1, 150), seconds=PATIENCE)
            time.sleep(self.dice.uniform(0, 0.5))
            trouble = self.dice.choice(kinds)
            self.weather[trouble] += 1
            getattr(weather, trouble)()

    def note(self, kind, works, weather):
        self.account["broadcasts"][kind] += 1
        outcomes = works.outcomes()
        self.sums += Counter(
            contacts=works.count,
            posts=works.api.posts.total(),
            sent=outcomes["sent"],
            uncertain=outcomes.get("uncertain", 0),
            kills=weather.kills,
        )
        print(f"{kind}: {works.count} contacts, {outcomes}", file=sys.stderr, flush=True)

    def say(self, *, is_proven):
        """Twice and lost are nought, or the books were not proven."""
        said = self.account | self.sums | {"weather": self.weather, "proven": is_proven}
        print(json.dumps(said), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    given = parser.parse_args()
    if not debian.prepare("The soak"):
        return 2
    print(f"SEED={given.seed}", file=sys.stderr, flush=True)
    soak = Soak(given.seed, minutes=given.minutes)
    with Postgres() as postgres, Redis() as redis:
        servers = {"postgres": postgres, "redis_server": redis}
        try:
            soak.run(servers.__getitem__)
        except Exception:
            traceback.print_exc()
            soak.say(is_proven=False)
            return 1
    soak.say(is_proven=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
