"""A worker's turn in this process: what it takes, and how it ends."""

import threading
from datetime import timedelta

from django.utils import timezone

from push import clock, leases, pump
from push.models import Chunk
from push.pump import Limits, Run
from push.senders import Senders


def limits(*, seconds=20.0):
    return Limits(threading.Event(), until=clock.now() + seconds)


def work(**options):
    pump.run(limits(**options))


def taken():
    """A chunk in a worker's hands, with senders of its own."""
    return Run(leases.take(), Senders(4), limits())


def come_home(run):
    """Listens until nothing is on its way."""
    while run.flying:
        run.listen()


def fell_silent(lease):
    let_leases_run_out(pk=lease.chunk)
    return leases.reap()


def let_leases_run_out(**those):
    past = timezone.now() - timedelta(seconds=1)
    leased = Chunk.objects.filter(state=Chunk.State.LEASED, **those)
    leased.update(lease_until=past)
