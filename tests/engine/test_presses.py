"""Many hands at once: whoever presses, everybody gets the message once."""

import json

import pytest

pytestmark = pytest.mark.engine

HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
# So many threads do the same at the same moment, each on a connection of its own.
TOGETHER = """
import threading
from django.db import connection
def together(*deeds):
    barrier, found = threading.Barrier(len(deeds)), []
    def do(deed):
        barrier.wait()
        try:
            found.append(deed())
        finally:
            connection.close()
    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert len(found) == len(deeds)
    return found
"""
PRESSES = """
from uuid import UUID
from composer.models import Version
from push import broadcasts
from push.audience import Audience
def press():
    audience = Audience("line", everyone=True)
    press = UUID("11111111-1111-1111-1111-111111111111")
    return broadcasts.start(Version.objects.get(), audience=audience, by=None, press=press).pk
print(together(*[press] * 8))
"""
PEOPLE = """
from uuid import uuid4
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
def pressing(name):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser(name))
    query = {"version": 1, "channel": "line", "to": "everyone"}
    said = {"press": uuid4(), "count": 300, "force": ""}
    return lambda: client.post(reverse("send_go", query=query), said).status_code
print(sorted(together(*map(pressing, ["佩珊", "志豪", "雅婷"]))))
"""
HANDS = """
from push import broadcasts
from push.models import Broadcast
def doing(deed):
    return lambda: deed(Broadcast.objects.get(), by=None)
deeds = [broadcasts.pause, broadcasts.resume, broadcasts.pause, broadcasts.resume]
for _ in range(5):
    together(*map(doing, deeds))
deeds = [broadcasts.pause, broadcasts.cancel, broadcasts.resume, broadcasts.cancel]
print(sum(map(bool, together(*map(doing, deeds)))))
"""


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_eight_presses_of_one_button_send_once(works):
    family = works.worker("--processes", "2")
    works.fill(300)

    begun = json.loads(works.home.python(TOGETHER + PRESSES))
    works.wait()

    assert begun == [1] * 8
    works.assert_proven()
    assert family.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_of_three_people_who_send_the_same_at_once_two_are_asked(works):
    works.fill(300)

    words = ("shell", "--verbosity=0", "-c", TOGETHER + PEOPLE)
    answers = json.loads(works.home.manage(*words, DEBUG="true").stdout)

    assert answers == [302, 422, 422]
    assert works.ask("SELECT COUNT(*) FROM push_broadcast") == [(1,)]


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_pause_resume_and_cancel_at_once_end_cancelled_and_balanced(works):
    works.api.latency = 0.05
    family = works.worker("--processes", "2")
    works.send_to(4_000)
    works.wait_for_posts(100)

    works.home.python(TOGETHER + HANDS)
    works.wait("cancelled")
    works.wait_until_closed()

    cancelled = works.books()["cancelled"]
    works.assert_proven(cancelled=cancelled)
    assert 0 < cancelled < 4_000
    assert family.stop() == 0
