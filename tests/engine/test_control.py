"""Control over what runs: it takes effect at once, happens once, and its receipt is true."""

import ast
import json

import pytest

from push import pump
from tests.engine.test_presses import HOMES, TOGETHER
from tests.engine.works import THREADS, WINDOW
from tests.servers import wait_for

pytestmark = pytest.mark.engine

DO = """
from push import broadcasts
from push.models import Broadcast
broadcasts.{verb}(Broadcast.objects.get(), by=None)
"""
# When the press came and when it was done, by the clock that all processes of a machine share;
# the books of what is cancelled are closed by the worker alone.
PRESS = """
from time import monotonic
from push import broadcasts
from push.models import Broadcast
broadcasts.CLOSING = 0
found, pressed = Broadcast.objects.get(), monotonic()
done = broadcasts.{verb}(found, by=None) and monotonic()
print(pressed, done)
"""
SCHEDULED = """
from datetime import timedelta
from uuid import uuid4
from django.db.models.functions import Now
from composer.models import Version
from people.models import Entry
from push import books, broadcasts, expansion, held, schedule
from push.audience import Audience
from push.models import Broadcast, Chunk, Delivery, Outcome
from push.schedule import Plan
broadcast = broadcasts.start(
    Version.objects.get(), audience=Audience("line", everyone=True), by=None, press=uuid4(),
    plan=Plan(at=timezone.now() + timedelta(hours=1), keeps_quiet_hours=False, waves=(1, 2)),
)
Broadcast.objects.update(start_at=Now())
"""
ONCE = """
begun = together(*[schedule.start_due] * 8)
together(*[lambda: [None for _ in iter(lambda: expansion.step(broadcast.pk), False)]] * 4)
Chunk.objects.filter(wave=0).update(state="done", waiting=0, failed=1)
Delivery.objects.filter(pk=Chunk.objects.get(wave=0).first).update(outcome=Outcome.FAILED)
together(*[books.complete] * 4)
resumed = together(*[lambda: broadcasts.resume(Broadcast.objects.get(), by=None)] * 4)
wave = Broadcast.objects.get().wave
again = together(*[lambda: broadcasts.retry_failed(Broadcast.objects.get(), by=None)] * 4)
Chunk.objects.filter(round=1).update(state="done", waiting=0, held=1)
Delivery.objects.filter(round=1).update(outcome=Outcome.HELD)
together(*[held.try_again] * 4)
Broadcast.objects.update(held_again_at=Now())
together(*[held.try_again] * 4)
print([
    sorted(begun), sorted(resumed), wave, sorted(again), Broadcast.objects.get().rounds,
    sum(Chunk.objects.values_list("waiting", flat=True)),
    list(Entry.objects.order_by("pk").values_list("verb", flat=True)),
])
"""


def account(works, key=1):
    return json.loads(works.home.manage("broadcast_status", key).stdout)


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_each_thing_happens_once_however_many_do_it(works):
    works.fill(9)

    found = works.home.python("from django.utils import timezone" + TOGETHER + SCHEDULED + ONCE)

    begun, resumed, wave, again, rounds, waiting, verbs = ast.literal_eval(found)
    assert (sum(begun), sum(resumed), sum(again)) == (1, 1, 1)
    assert (wave, rounds, waiting) == (1, 2, 9)
    assert verbs == ["scheduled", "began", "paused", "resumed", "retried", "waits for held"]


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_pause_lets_no_more_than_a_window_leave_and_the_receipt_is_true(works):
    works.home.env["FIRSTLINE_RATE_PER_MINUTE"] = "1200"
    worker = works.worker()
    works.send_to(200)
    works.wait_for_posts(30)

    works.home.python(DO.format(verb="pause"))
    at_pause = works.api.posts.total()
    wait_for(lambda: works.books()["sending"] == 0, what="what was on its way")
    stopped = works.books()
    assert works.api.posts.total() - at_pause <= WINDOW == round(pump.AHEAD * THREADS)
    assert works.api.posts.total() == stopped["sent"] == 200 - stopped["waiting"]

    works.home.python(DO.format(verb="resume"))
    works.wait()

    assert works.api.posts.total() - stopped["sent"] == stopped["waiting"]
    works.assert_proven()
    assert worker.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_cancel_lets_no_more_than_a_window_leave(works):
    works.home.env["FIRSTLINE_RATE_PER_MINUTE"] = "1200"
    worker = works.worker()
    works.send_to(200)
    works.wait_for_posts(30)

    works.home.python(DO.format(verb="cancel"))
    at_cancel = works.api.posts.total()
    works.wait_until_closed()

    found = account(works)
    assert works.api.posts.total() - at_cancel <= WINDOW
    assert works.api.posts.total() == found["sent"] == 200 - found["cancelled"]
    works.assert_proven(cancelled=found["cancelled"])
    assert worker.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_a_press_takes_effect_within_two_seconds_or_one_window(works):
    works.api.latency = 0.1
    worker = works.worker()
    works.send_to(4_000)

    for verb in ("pause", "cancel"):
        works.wait_for_posts(50)
        pressed, done = map(float, works.home.python(PRESS.format(verb=verb)).split())
        works.wait_until_still()
        later = [moment for moment in works.api.moments if moment > done]
        assert len(later) <= WINDOW or max(later) <= pressed + 2
        assert works.books()["sent"] == works.api.posts.total() < 4_000
        if verb == "pause":
            works.home.python(DO.format(verb="resume"))

    assert worker.stop() == 0
