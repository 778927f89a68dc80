"""One broadcast's error stays its own: it is paused with the reason, and all others go on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, Value, When

from people import record
from push.models import Broadcast
from push.patience import is_out_of_reach

logger = logging.getLogger(__name__)

# Why a broadcast is set aside: a word for `outcomes.reason_text`.
INTERNAL_ERROR = "internal_error"

State = Broadcast.State


@dataclass
class Isolated:
    """What is done for which broadcast, as soon as that is known, and whether it raised."""

    broadcast: int | None
    has_failed: bool = False


@contextmanager
def isolate(broadcast: int | None = None) -> Iterator[Isolated]:
    """Around whatever the engine does for one broadcast, transactions included.

    Only a lost database passes through: no broadcast is the cause, and it is waited for.
    """
    step = Isolated(broadcast)
    try:
        yield step
    except Exception as error:
        if step.broadcast is None or is_out_of_reach(error):
            raise
        step.has_failed = True
        # Logged once: what is set aside may be looked at again, and raise again.
        if _set_aside(step.broadcast):
            logger.exception("broadcast %s is paused because it raised an error", step.broadcast)


def _set_aside(broadcast: int) -> bool:
    """Paused until a person resumes it; false where it was set aside before.

    One that was cancelled stays so, and its counters are closed as soon as that works.
    """
    stopped = {"state__in": [State.PAUSED, State.CANCELLED], "paused_because": INTERNAL_ERROR}
    rows = Broadcast.objects.filter(pk=broadcast).exclude(**stopped)
    state = Case(When(state=State.CANCELLED, then=F("state")), default=Value(State.PAUSED))
    with transaction.atomic():
        is_new = bool(rows.update(state=state, paused_because=INTERNAL_ERROR))
        if is_new:
            record.note(None, "paused", target=f"#{broadcast}", because=INTERNAL_ERROR)
    return is_new
