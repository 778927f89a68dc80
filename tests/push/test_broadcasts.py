"""The verbs of a broadcast, without a worker: what they do to the books."""

from dataclasses import asdict
from uuid import uuid4

import pytest

from people.models import Entry
from push import books, broadcasts, expansion
from push.audience import Audience
from push.broadcasts import Tally
from push.errors import NotPossible
from push.models import Broadcast, Chunk, Delivery, Outcome
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db
EVERYONE = Audience("line", everyone=True)


def make_broadcast(*, contacts=3, message="嗨 {{ name | 貴賓 }}", **options):
    """Prepared, nothing posted yet."""
    for number in range(contacts):
        make_contact(f"小明{number}", attributes={"points": str(number)})
    options = {"audience": EVERYONE, "by": None, "press": uuid4()} | options
    broadcast = broadcasts.start(make_template(f"範本{uuid4()}", message).latest, **options)
    prepare(broadcast)
    return broadcast


def prepare(broadcast):
    while expansion.step(broadcast.pk):
        pass
    broadcast.refresh_from_db()


def post(broadcast, *outcomes):
    """As if a worker had posted the first few, with these outcomes."""
    chunk = broadcast.chunks.get()
    keys = list(books.of(chunk).order_by("pk").values_list("pk", flat=True))[: len(outcomes)]
    page = books.Page(chunk)
    for key, outcome in zip(keys, outcomes, strict=True):
        page.move(Delivery.objects.filter(pk=key), "waiting", outcome.value, outcome=outcome)
    page.write(claimed_to=keys[-1])
    return keys


def test_start_twice_with_one_press_sends_once():
    press = uuid4()
    version = make_template().latest

    first = broadcasts.start(version, audience=EVERYONE, by=None, press=press)
    second = broadcasts.start(version, audience=EVERYONE, by=None, press=press)

    assert (first, Broadcast.objects.count()) == (second, 1)
    assert [entry.verb for entry in Entry.objects.all()] == ["sent"]


def test_start_by_force_wants_a_reason():
    with pytest.raises(NotPossible, match="Say why"):
        broadcasts.start(
            make_template().latest, audience=EVERYONE, by=None, press=uuid4(), forced=True
        )


def test_start_keeps_each_contacts_values():
    make_contact("小明 <b>\"'\\", attributes={"points": "5", "點數.a": "七", "n": 5})
    message = "{{ name }} {{ points }} {{ 點數.a }} {{ none | 0 }}"

    broadcast = make_broadcast(contacts=0, message=message)

    assert [delivery.values for delivery in broadcast.deliveries.all()] == [
        {"name": "小明 <b>\"'\\", "points": "5", "點數.a": "七", "none": None}
    ]


def test_start_without_placeholders_keeps_no_values():
    broadcast = make_broadcast(contacts=1, message="嗨")

    assert broadcast.deliveries.get().values is None


def test_start_fixes_the_audience():
    make_contact("小明")
    broadcast = broadcasts.start(make_template().latest, audience=EVERYONE, by=None, press=uuid4())
    make_contact("後來的人")

    prepare(broadcast)

    assert [str(delivery.contact) for delivery in broadcast.deliveries.all()] == ["小明"]


def test_start_to_nobody_is_done_at_once():
    broadcast = make_broadcast(contacts=0)

    books.complete(broadcast.pk)

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcasts.tally(broadcast)) == (Broadcast.State.DONE, Tally())


def test_start_to_nobody_in_particular_is_done_too():
    broadcast = make_broadcast(audience=Audience("line"))

    assert (broadcast.state, broadcast.size) == (Broadcast.State.RUNNING, 0)


def test_expansion_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(expansion, "STEP", 4)
    monkeypatch.setattr(books, "CHUNK", 3)
    for number in range(10):
        make_contact(str(number))
    broadcast = broadcasts.start(make_template().latest, audience=EVERYONE, by=None, press=uuid4())

    steps = 0
    while expansion.step(broadcast.pk):
        steps += 1

    assert steps == 3
    assert [chunk.waiting for chunk in broadcast.chunks.all()] == [3, 1, 3, 1, 2]
    assert broadcasts.tally(broadcast) == Tally(audience=10, waiting=10)


def test_pause_and_resume_change_nothing_twice():
    broadcast = make_broadcast()
    by = make_user()

    changed = [
        broadcasts.pause(broadcast, by=by, because="typo"),
        broadcasts.pause(broadcast, by=by),
        broadcasts.resume(broadcast, by=by),
        broadcasts.resume(broadcast, by=by),
    ]

    assert changed == [True, False, True, False]
    assert (broadcast.state, broadcast.paused_because) == (Broadcast.State.RUNNING, "")
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["sent", "paused", "resumed"]


def test_pause_while_preparing_goes_on_preparing_when_resumed(monkeypatch):
    monkeypatch.setattr(expansion, "STEP", 1)
    make_contact("小明")
    make_contact("小華")
    broadcast = broadcasts.start(make_template().latest, audience=EVERYONE, by=None, press=uuid4())
    expansion.step(broadcast.pk)

    broadcasts.pause(broadcast, by=None)
    stopped = expansion.step(broadcast.pk)
    broadcasts.resume(broadcast, by=None)

    assert (stopped, broadcast.state) == (False, Broadcast.State.EXPANDING)


def test_cancel_leaves_what_was_posted():
    broadcast = make_broadcast(contacts=4)
    post(broadcast, Outcome.SENT, Outcome.UNCERTAIN)

    broadcasts.cancel(broadcast, by=None)

    assert broadcast.state == Broadcast.State.CANCELLED
    assert broadcasts.tally(broadcast) == Tally(audience=4, sent=1, uncertain=1, cancelled=2)
    assert books_balance(broadcast)


def test_cancel_after_the_end_does_nothing():
    broadcast = make_broadcast(contacts=0)
    books.complete(broadcast.pk)

    assert broadcasts.cancel(broadcast, by=None) is False


def test_retry_failed_waits_in_a_round_of_its_own():
    broadcast = make_broadcast(contacts=4)
    keys = post(broadcast, Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN, Outcome.FAILED)
    broadcast.chunks.update(state=Chunk.State.DONE)
    books.complete(broadcast.pk)

    again = broadcasts.retry_failed(broadcast, by=None)

    assert (again, broadcast.state) == (2, Broadcast.State.RUNNING)
    chunk = broadcast.chunks.get(round=1)
    assert [delivery.pk for delivery in books.of(chunk)] == [keys[1], keys[3]]
    assert broadcasts.tally(broadcast) == Tally(audience=4, waiting=2, sent=1, uncertain=1)
    assert books_balance(broadcast)


def test_retry_of_some_leaves_the_others():
    broadcast = make_broadcast(contacts=2)
    keys = post(broadcast, Outcome.FAILED, Outcome.FAILED)

    broadcasts.retry_failed(broadcast, by=None, deliveries=[keys[0]])

    assert broadcasts.tally(broadcast) == Tally(audience=2, waiting=1, failed=1)


def test_retry_held_by_force_wants_a_reason_and_forces_only_these():
    broadcast = make_broadcast(contacts=2)
    post(broadcast, Outcome.HELD)
    with pytest.raises(NotPossible, match="Say why"):
        broadcasts.retry_held(broadcast, by=None, forced=True)

    broadcasts.retry_held(broadcast, by=None, forced=True, reason="product recall")

    assert [(chunk.is_forced, chunk.waiting) for chunk in broadcast.chunks.all()] == [
        (False, 1),
        (True, 1),
    ]


def test_retry_after_cancel_is_not_possible():
    broadcast = make_broadcast()
    broadcasts.cancel(broadcast, by=None)

    with pytest.raises(NotPossible, match="cancelled"):
        broadcasts.retry_failed(broadcast, by=None)


@pytest.mark.parametrize(("as_sent", "part"), [(True, "sent"), (False, "failed")])
def test_settle_needs_a_reason_and_keeps_it_with_the_name(as_sent, part):
    broadcast = make_broadcast(contacts=2)
    post(broadcast, Outcome.UNCERTAIN, Outcome.UNCERTAIN)
    by = make_user()
    with pytest.raises(NotPossible, match="how you know"):
        broadcasts.settle(broadcast, as_sent=as_sent, by=by, reason=" ")

    settled = broadcasts.settle(broadcast, as_sent=as_sent, by=by, reason="asked them")

    assert settled == 2
    assert broadcasts.tally(broadcast) == Tally(audience=2, **{part: 2})
    entry = Entry.objects.first()
    assert (entry.by, entry.detail["reason"]) == (by, "asked them")


def test_tallies_asks_once_for_many(django_assert_num_queries):
    made = [make_broadcast(contacts=1), make_broadcast(contacts=1)]

    with django_assert_num_queries(1):
        found = broadcasts.tallies([broadcast.pk for broadcast in made])

    assert found == {made[0].pk: Tally(1, waiting=1), made[1].pk: Tally(2, waiting=2)}


def test_tally_for_scripts_counts_what_is_in_flight_as_waiting():
    assert Tally(audience=3, waiting=1, sending=1, sent=1).to_json() == {
        "audience": 3,
        "waiting": 2,
        "sent": 1,
        "held": 0,
        "failed": 0,
        "uncertain": 0,
        "cancelled": 0,
    }


def books_balance(broadcast):
    """The counters say what the deliveries say."""
    counted = asdict(broadcasts.tally(broadcast))
    counted["pending"] = counted.pop("waiting") + counted.pop("sending")
    return all(
        counted[outcome.value] == broadcast.deliveries.filter(outcome=outcome).count()
        for outcome in Outcome
    )
