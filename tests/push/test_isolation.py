"""Whatever one broadcast raises, in whatever stage, it is set aside and all others go on.

The bugs are the database's own: a trigger that fails for one broadcast, in one kind of write.
"""

from uuid import uuid4

import pytest
from django.db import connection

from composer.models import Version
from people import rights
from people.models import Entry
from push import broadcasts, engine, leases, outcomes
from push.broadcasts import Tally
from push.models import Broadcast
from push.schedule import Plan
from tests.makers import make_contact, make_template, make_user
from tests.push.test_broadcasts import EVERYONE, books_balance, make_broadcast, prepare
from tests.push.test_schedule import hours_around, soon
from tests.push.turns import let_leases_run_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]
State = Broadcast.State
PEOPLE = 3

CREATE = {
    "sqlite": [
        "CREATE TRIGGER bug BEFORE {write} ON {table} WHEN {when}"
        " BEGIN SELECT RAISE(ABORT, 'a bug'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION bug() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'a bug'; END $$",
        "CREATE TRIGGER bug BEFORE {write} ON {table} FOR EACH ROW WHEN ({when})"
        " EXECUTE FUNCTION bug()",
    ],
}
DROP = {"sqlite": "DROP TRIGGER IF EXISTS bug", "postgresql": "DROP FUNCTION IF EXISTS bug CASCADE"}

INSERT, UPDATE = "INSERT", "UPDATE"
OF_ONE = "NEW.broadcast_id = {broadcast} AND "
# What a broadcast writes in each stage of a worker's turn.
STAGES = {
    "prepare": (INSERT, "push_delivery", OF_ONE + "NEW.outcome = 'pending'"),
    "prepare, second half": (INSERT, "push_chunk", OF_ONE + "NEW.waiting > 0"),
    "lease": (UPDATE, "push_chunk", OF_ONE + "NEW.state = 'leased' AND OLD.state = 'ready'"),
    "claim": (UPDATE, "push_chunk", OF_ONE + "NEW.sending > OLD.sending"),
    "record": (UPDATE, "push_delivery", OF_ONE + "NEW.outcome = 'sent'"),
    "record, second half": (INSERT, "push_minute", OF_ONE + "NEW.sent > 0"),
    "leave": (UPDATE, "push_chunk", OF_ONE + "NEW.state = 'done' AND OLD.state = 'leased'"),
    "complete": (UPDATE, "push_broadcast", "NEW.id = {broadcast} AND NEW.state = 'done'"),
}


@pytest.fixture
def bug(transactional_db):
    """Makes one kind of write fail for one broadcast; `mend` ends it."""
    yield Bug()
    Bug.mend()


class Bug:
    @staticmethod
    def strike(broadcast, write, table, when):
        words = {"write": write, "table": table, "when": when.format(broadcast=broadcast.pk)}
        with connection.cursor() as cursor:
            for statement in CREATE[connection.vendor]:
                cursor.execute(statement.format(**words))

    @staticmethod
    def mend():
        with connection.cursor() as cursor:
            cursor.execute(DROP[connection.vendor])


@pytest.fixture
def two():
    """Two broadcasts to the same people; the first one will raise."""
    for number in range(PEOPLE):
        make_contact(f"小明{number}")
    return [start("甲 {{ name }}"), start("乙 {{ name }}")]


def start(message, **options):
    options = {"audience": EVERYONE, "by": None, "press": uuid4()} | options
    return broadcasts.start(make_template(f"範本{uuid4()}", message).latest, **options)


def work(*both):
    engine.turn()
    engine.sweep()
    engine.turn()
    for each in both:
        each.refresh_from_db()


def of(broadcast):
    return broadcast.state, broadcast.paused_because, broadcasts.tally(broadcast)


def tracebacks(caplog):
    return [each.getMessage() for each in caplog.records if each.exc_info]


def set_aside(broadcast):
    return [f"broadcast {broadcast.pk} is paused because it raised an error"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_broadcast_that_raises_is_set_aside_and_the_other_goes_out(
    stage, two, bug, fake_firstline, caplog
):
    first, second = two
    bug.strike(first, *STAGES[stage])

    work(*two)

    assert of(second) == (State.DONE, "", Tally(PEOPLE, sent=PEOPLE))
    assert (first.state, first.paused_because) == (State.PAUSED, "internal_error")
    assert tracebacks(caplog) == set_aside(first)
    noted = Entry.objects.get(verb="paused")
    assert (noted.target, noted.detail) == (f"#{first.pk}", {"because": "internal_error"})
    assert books_balance(first)

    bug.mend()
    let_leases_run_out()
    broadcasts.resume(first, by=None)
    work(*two)

    tally = broadcasts.tally(first)
    assert (first.state, tally.sent + tally.uncertain) == (State.DONE, PEOPLE)
    posted = [post.json["message"] for post in fake_firstline.posts]
    assert len(posted) == len(set(posted))
    assert sum(message.startswith("甲") for message in posted) == PEOPLE
    assert books_balance(first)


@pytest.mark.parametrize("field", [{"audience": {"nonsense": 1}}, {"channel": "fax"}])
@pytest.mark.parametrize("is_prepared", [False, True])
def test_a_broadcast_of_nonsense_is_set_aside_and_the_other_goes_out(
    field, is_prepared, two, fake_firstline, caplog
):
    first, second = two
    if is_prepared:
        prepare(first)
    Broadcast.objects.filter(pk=first.pk).update(**field)

    work(*two)

    assert of(second) == (State.DONE, "", Tally(PEOPLE, sent=PEOPLE))
    is_harmless = is_prepared and "audience" in field
    assert first.state == (State.DONE if is_harmless else State.PAUSED)
    assert tracebacks(caplog) == ([] if is_harmless else set_aside(first))


def test_what_was_claimed_when_recording_raised_is_uncertain_and_nothing_else(
    bug, fake_firstline, settings
):
    settings.FIRSTLINE_CONCURRENCY = 2
    broadcast = make_broadcast(contacts=20)
    bug.strike(broadcast, *STAGES["record"])

    engine.turn()
    let_leases_run_out()
    leases.reap()

    broadcast.refresh_from_db()
    uncertain = broadcasts.tally(broadcast).uncertain
    assert of(broadcast) == (
        State.PAUSED,
        "internal_error",
        Tally(20, waiting=20 - uncertain, uncertain=uncertain),
    )
    assert len(fake_firstline.posts) <= uncertain <= 3
    assert books_balance(broadcast)


def test_one_that_raises_when_its_time_comes_waits_for_a_person(bug, fake_firstline, caplog):
    make_contact()
    first, second = (start(message, plan=Plan(at=soon())) for message in ("甲", "乙"))
    bug.strike(first, UPDATE, "push_broadcast", "NEW.id = {broadcast} AND NEW.state = 'expanding'")
    Broadcast.objects.update(start_at=soon(-1))

    work(first, second)

    assert of(second) == (State.DONE, "", Tally(1, sent=1))
    assert of(first) == (State.PAUSED, "internal_error", Tally())
    assert tracebacks(caplog) == set_aside(first)
    bug.mend()
    broadcasts.resume(first, by=None)
    work(first, second)
    assert of(first) == (State.DONE, "", Tally(1, sent=1))


def test_one_that_raises_when_it_has_missed_its_hours_is_set_aside(bug, fake_firstline, caplog):
    make_contact()
    both = start("甲"), start("乙")
    for each in both:
        prepare(each)
    missed = {"not_before": soon(-600), "pumped_at": soon(-700), "keeps_quiet_hours": True}
    Broadcast.objects.update(**missed)
    bug.strike(
        both[0], UPDATE, "push_broadcast", "NEW.id = {broadcast} AND NEW.paused_because = 'late'"
    )

    work(*both)

    assert [each.paused_because for each in both] == ["internal_error", "late"]
    assert tracebacks(caplog) == set_aside(both[0])


def test_one_that_raises_when_its_hours_change_is_set_aside(bug, fake_firstline, settings, caplog):
    settings.QUIET_HOURS = hours_around(soon(0), quiet=True)
    make_contact()
    both = start("甲"), start("乙")
    for each in both:
        prepare(each)
    Broadcast.objects.update(not_before=soon(-600), not_after=soon(-5), keeps_quiet_hours=True)
    Broadcast.objects.update(pumped_at=soon(-6))
    bug.strike(
        both[0], UPDATE, "push_broadcast", "NEW.id = {broadcast} AND NEW.not_after > OLD.not_after"
    )

    engine.sweep()
    engine.sweep()

    for each in both:
        each.refresh_from_db()
    assert [(each.state, each.paused_because) for each in both] == [
        (State.PAUSED, "internal_error"),
        (State.RUNNING, ""),
    ]
    assert both[1].not_before > soon(0)
    assert tracebacks(caplog) == set_aside(both[0])


@pytest.mark.parametrize("round_is_due", [False, True])
def test_one_that_raises_when_held_contacts_are_tried_again(
    round_is_due, two, bug, fake_firstline, caplog
):
    for _ in range(2 * PEOPLE):
        fake_firstline.answer(409)
    engine.turn()
    if round_is_due:
        engine.sweep()
        Broadcast.objects.update(held_again_at=soon(-1))
    bug.strike(
        two[0],
        UPDATE,
        "push_broadcast",
        "NEW.id = {broadcast} AND NEW.held_again_at > COALESCE(OLD.held_again_at, OLD.created_at)",
    )

    work(*two)

    first, second = two
    assert (first.state, first.paused_because) == (State.PAUSED, "internal_error")
    assert (second.state, second.held_again_at > soon(0)) == (State.DONE, True)
    assert tracebacks(caplog) == set_aside(first)
    bug.mend()
    broadcasts.resume(first, by=None)
    work(*two)
    Broadcast.objects.update(held_again_at=soon(-1))
    work(*two)
    assert [of(each) for each in two] == [(State.DONE, "", Tally(PEOPLE, sent=PEOPLE))] * 2


def test_one_that_was_cancelled_and_raises_is_closed_as_soon_as_that_works(
    two, bug, fake_firstline, caplog
):
    first, second = two
    prepare(first)
    bug.strike(first, UPDATE, "push_chunk", OF_ONE + "NEW.cancelled > OLD.cancelled")

    broadcasts.cancel(first, by=None)
    work(*two)
    work(*two)

    assert of(second) == (State.DONE, "", Tally(PEOPLE, sent=PEOPLE))
    assert of(first) == (State.CANCELLED, "internal_error", Tally(PEOPLE, waiting=PEOPLE))
    assert tracebacks(caplog) == set_aside(first)
    assert not engine.is_work_left()
    bug.mend()
    engine.sweep()
    first.refresh_from_db()
    assert of(first) == (State.CANCELLED, "", Tally(PEOPLE, cancelled=PEOPLE))


def test_one_that_raises_when_its_worker_has_died_is_set_aside(two, bug, fake_firstline, caplog):
    first, second = two
    for each in two:
        prepare(each)
        leases.take()
    let_leases_run_out()
    bug.strike(first, UPDATE, "push_chunk", OF_ONE + "NEW.state = 'ready' AND OLD.state = 'leased'")

    engine.sweep()
    work(*two)

    assert of(second) == (State.DONE, "", Tally(PEOPLE, sent=PEOPLE))
    assert of(first) == (State.PAUSED, "internal_error", Tally(PEOPLE, waiting=PEOPLE))
    assert tracebacks(caplog) == set_aside(first)
    bug.mend()
    broadcasts.resume(first, by=None)
    engine.sweep()
    work(*two)
    assert of(first) == (State.DONE, "", Tally(PEOPLE, sent=PEOPLE))


def test_its_page_home_and_the_list_say_so(two, bug, fake_firstline, client):
    first = two[0]
    bug.strike(first, *STAGES["prepare"])
    work(*two)
    owner = make_user(rights=[rights.SEND])
    Broadcast.objects.update(by=owner)
    client.force_login(owner)

    page = client.get(f"/broadcasts/{first.pk}/")
    home = client.get("/")

    assert outcomes.reason_text("internal_error") in page.text
    assert 'id="do-resume"' in page.text
    assert [each.broadcast for each in home.context["waiting"]] == [first]


@pytest.mark.parametrize(
    "payload", [[], "x", {}, {"type": "text"}, {"type": "text", "message": None}]
)
def test_a_version_that_holds_no_message_is_set_aside(payload, fake_firstline):
    make_contact()
    good = start("乙 {{ name }}")
    version = Version.objects.create(template=make_template("壞"), number=2, payload=payload)
    bad = broadcasts.start(version, audience=EVERYONE, by=None, press=uuid4())

    work(good, bad)

    assert of(good) == (State.DONE, "", Tally(1, sent=1))
    assert (bad.state, bad.paused_because) == (State.PAUSED, "internal_error")
    assert len(fake_firstline.posts) == 1
