"""The receipt before a restart: what was done, and exactly how many are posted next."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from push import books
from push.models import Broadcast, Chunk


@dataclass(frozen=True)
class Receipt:
    """`following` are posted when it goes on; `later` wait for waves after that.

    `sending` are on their way: each becomes sent or something else, or waits again.
    """

    sent: int
    uncertain: int
    sending: int
    following: int
    later: int
    wave: int

    @property
    def untried(self) -> int:
        return self.following + self.later


def of(broadcast: Broadcast) -> Receipt:
    wave = books.next_wave(broadcast)
    parts = {
        "sent": Sum("sent"),
        "uncertain": Sum("uncertain"),
        "sending": Sum("sending"),
        "following": Sum("waiting", filter=Q(wave__lte=wave)),
        "later": Sum("waiting", filter=Q(wave__gt=wave)),
    }
    found = Chunk.objects.order_by().filter(broadcast=broadcast).aggregate(**parts)
    return Receipt(wave=wave, **{name: count or 0 for name, count in found.items()})
