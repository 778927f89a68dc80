"""Hints from a table: SQLite or PostgreSQL, nothing else."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

INTERVAL = 0.5
KEPT = timedelta(days=1)


class Queue:
    """Looks into the table twice a second."""

    def __init__(self) -> None:
        self._worker = Worker(
            queue_names=["default"],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def serve(self) -> None:
        self._worker.run()

    def stop(self) -> None:
        self._worker.running = False

    @staticmethod
    def tidy() -> None:
        """Forgets what is over, and what a killed worker left as if it were running."""
        DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - KEPT).exclude(
            status="READY"
        ).delete()
