"""Worker heartbeats: every worker process records every two seconds that it is running.

All times are the database's, so the clocks of different machines do not matter. A heartbeat also
says how long posts have been on their way with nothing coming back.
"""

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Max, Value
from django.db.models.functions import Now

from push import attempts, statements
from push.models import Worker

# Seconds between two heartbeats of a worker.
INTERVAL = 2.0
# A worker that has not been seen for this long has stopped or hangs. With one interval and one
# refresh of the page on top, staff read about it within ten seconds.
STOPPED_AFTER = timedelta(seconds=6)
# The API counts as silent when posts have been waiting this long and nothing came back.
SILENT_AFTER = timedelta(seconds=6)
# Workers that were killed leave their row behind; it is deleted after this long.
FORGET_AFTER = timedelta(days=1)


def beat() -> None:
    """Record that this process runs, and since when the API has been silent, if it is."""
    silence = attempts.watching().silence()
    since = Now() - Value(timedelta(seconds=silence)) if silence else None
    seen = {"seen_at": Now(), "silent_since": since}
    if not Worker.objects.filter(name=worker_name()).update(**seen):
        Worker.objects.update_or_create(name=worker_name(), defaults=seen)


def stop() -> None:
    """Remove this process, which is about to end."""
    Worker.objects.filter(name=worker_name()).delete()


def delete_old() -> None:
    Worker.objects.filter(seen_at__lt=Now() - FORGET_AFTER).delete()


def last_seen() -> timedelta | None:
    """How long ago any worker was last seen; None when there was never one."""
    seen_at = Worker.objects.aggregate(latest=Max("seen_at"))["latest"]
    return max(statements.now() - seen_at, timedelta()) if seen_at else None


def is_worker_alive() -> bool:
    return Worker.objects.filter(seen_at__gt=Now() - STOPPED_AFTER).exists()


def is_api_silent() -> bool:
    """Posts are on their way, and none of the workers has heard anything for a while."""
    alive = Worker.objects.filter(seen_at__gt=Now() - STOPPED_AFTER, silent_since__isnull=False)
    since: datetime | None = alive.aggregate(latest=Max("silent_since"))["latest"]
    return since is not None and statements.now() - since > SILENT_AFTER


def worker_name() -> str:
    return f"{socket.gethostname()[:80]}:{os.getpid()}"
