"""What the engine's commands say: the account as JSON, and how far it is."""

import json
import sys

from push import broadcasts
from push.models import Broadcast


def account(broadcast: Broadcast) -> str:
    """The numbers of a broadcast; waiting + sent + … is always the audience."""
    return json.dumps({"broadcast": broadcast.pk, **broadcasts.tally(broadcast).to_json()})


class Bar:
    """Progress on stderr: a bar that moves on a terminal, now and then a line in a log."""

    WIDTH = 30

    def __init__(self) -> None:
        self._is_live = sys.stderr.isatty()
        self._shown = -1

    def show(self, tally: broadcasts.Tally) -> None:
        if not tally.audience:
            return
        share = tally.sent / tally.audience
        step = int(share * (1_000 if self._is_live else 10))
        if step == self._shown:
            return
        self._shown = step
        bar = "█" * round(share * self.WIDTH)
        line = f"{bar:·<{self.WIDTH}} {tally.sent:,}/{tally.audience:,}"
        print(line, end="\r" if self._is_live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._is_live:
            print(file=sys.stderr, flush=True)
