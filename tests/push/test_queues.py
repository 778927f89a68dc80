"""Hints are only hints: what is over is forgotten, what is lost is found again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from push import tasks
from push.engine import Engine
from push.queues.database import Queue

pytestmark = pytest.mark.django_db


def make_hint(status, *, days):
    tasks.hint()
    made = DBTaskResult.objects.order_by("enqueued_at").last()
    at = timezone.now() - timedelta(days=days)
    DBTaskResult.objects.filter(pk=made.pk).update(status=status, enqueued_at=at)


def test_tidy_forgets_what_is_over_and_what_a_killed_worker_left():
    for status in ("READY", "RUNNING", "SUCCESSFUL", "FAILED"):
        make_hint(status, days=2)
        make_hint(status, days=0)

    Queue.tidy()

    kept = DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    assert list(kept) == ["READY", "READY", "RUNNING", "SUCCESSFUL", "FAILED"]


def test_a_hint_wakes_the_engine_of_a_worker(monkeypatch):
    engine = Engine()
    monkeypatch.setattr(Engine, "running", engine)

    tasks.pump.call()

    assert engine.wake.is_set()
