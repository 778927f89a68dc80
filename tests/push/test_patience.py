"""Waiting for a database that does not answer."""

import logging
import threading

import pytest
from django.db import OperationalError

from push import patience
from push.patience import Patience

FULL = OperationalError("database or disk\nis full")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(patience, "LONGEST", 0.01)


@pytest.mark.django_db
def test_wait_says_so_once_and_end_says_that_it_is_over(caplog):
    caplog.set_level(logging.INFO)
    waiting = Patience(threading.Event())

    for _ in range(3):
        waiting.wait(FULL)
    waiting.end()
    waiting.end()

    assert [record.getMessage() for record in caplog.records] == [
        "database or disk is full: trying again until it works",
        "it works again after 3 tries",
    ]


@pytest.mark.django_db
def test_wait_gives_up_only_when_stopping_takes_too_long(monkeypatch):
    monkeypatch.setattr(patience, "LAST_WORDS", 0.0)
    stopping = threading.Event()
    waiting = Patience(stopping)
    waiting.wait(FULL)

    stopping.set()
    waiting.wait(FULL)

    with pytest.raises(OperationalError):
        waiting.wait(FULL)
