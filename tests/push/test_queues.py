"""Hints are only hints: what is over is forgotten, what is lost is found again."""

from datetime import timedelta

import pytest
import redis
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import environment
from push import tasks
from push.engine import Engine
from push.queues.database import Queue
from push.working import Worker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "timeouts"),
    [
        ("redis://:p%40ss@127.0.0.1:6379/3", (2, 5)),
        ("rediss://127.0.0.1/0?socket_connect_timeout=9&ssl_cert_reqs=none", (9, 5)),
    ],
    ids=["ours", "its own"],
)
def test_redis_is_not_waited_for_longer_than_seconds(url, timeouts):
    asked = environment.in_time(url, socket_connect_timeout=2, socket_timeout=5)

    given = redis.Redis.from_url(asked).connection_pool.connection_kwargs

    assert (given["socket_connect_timeout"], given["socket_timeout"]) == timeouts
    assert asked.startswith(url.partition("?")[0])


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


def test_a_worker_forgets_sessions_that_are_over():
    begun, over = SessionStore(), SessionStore()
    begun.save()
    over.set_expiry(-1)
    over.save()

    Worker().tidy()

    assert list(Session.objects.values_list("session_key", flat=True)) == [begun.session_key]
