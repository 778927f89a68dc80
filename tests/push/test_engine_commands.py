"""`send_broadcast`, `broadcast_status` and `worker`, as the shell sees them."""

import json

import pytest

from people.models import Entry
from push import engine
from push.models import Broadcast
from tests.makers import make_contact, make_template

pytestmark = pytest.mark.django_db(transaction=True)


def test_send_prints_the_id_and_status_the_account(manage, fake_firstline):
    make_contact("小明", tags=["vip"])
    make_contact("小華", channel="facebook", tags=["vip"])
    make_template("歡迎")

    code, out, _ = manage("send_broadcast", "歡迎", "--channel", "line", "--tag", "vip")
    engine.turn()

    broadcast = Broadcast.objects.get()
    assert (code, out) == (0, f"{broadcast.pk}\n")
    assert json.loads(manage("broadcast_status", broadcast.pk)[1]) == {
        "broadcast": broadcast.pk,
        "audience": 1,
        "waiting": 0,
        "sent": 1,
        "held": 0,
        "failed": 0,
        "uncertain": 0,
        "cancelled": 0,
    }
    assert [post.json["message"] for post in fake_firstline.posts] == ["嗨 小明"]
    assert Entry.objects.get().by is None


def test_send_by_ids_with_force_and_a_pace(manage):
    for number in range(3):
        make_contact(contactable_id=str(number))
    make_template("歡迎")

    code, _, _ = manage(
        "send_broadcast", "歡迎", "--channel=line", "--ids=0,2", "--force", "--reason=recall",
        "--rate=60",
    )  # fmt: skip

    broadcast = Broadcast.objects.get()
    assert code == 0
    assert (broadcast.is_forced, broadcast.force_reason, broadcast.rate_per_minute) == (
        True,
        "recall",
        60,
    )
    engine.prepare(engine.Limits(engine.stopping, until=float("inf")))
    assert sorted(str(each.contact.contactable_id) for each in broadcast.deliveries.all()) == [
        "0",
        "2",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["沒有"], "There is no template “沒有”."),
        (["舊的", "--all"], "The template “舊的” is archived. Restore it to send it."),
        (["壞的", "--all"], "The template “壞的” cannot be sent: "),
        (["歡迎"], "Give exactly one of --all, --tag and --ids."),
        (["歡迎", "--all", "--tag=vip"], "Give exactly one of --all, --tag and --ids."),
        (["歡迎", "--tag=nobody"], "--tag: there is no tag “nobody”."),
        (["歡迎", "--ids=1,7,8"], "--ids: not on line: 7, 8"),
        (["歡迎", "--ids= , "], "--ids: from 1 to 20000 ids, separated by commas"),
        (["歡迎", "--ids=2"], "Nobody would get it: no such contact may be written to."),
        (["歡迎", "--all", "--force"], "Say why this message is forced into conversations."),
        (["歡迎", "--all", "--rate=0"], "The pace must be at least one post a minute."),
        (["歡迎", "--all", "--rate=fast"], "--rate"),
        (["歡迎", "--all", "--quickly"], "--quickly"),
        ([], "template"),
    ],
)
def test_send_says_in_one_line_what_is_wrong(manage, words, said):
    make_contact(contactable_id="1")
    make_contact(contactable_id="2", do_not_disturb=True)
    make_template("歡迎")
    make_template("舊的", state="archived")
    make_template("壞的", message="")

    code, out, error = manage("send_broadcast", *words, "--channel=line")

    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    assert not Broadcast.objects.exists()


@pytest.mark.parametrize("channel", ["LINE", "", "sms"])
def test_send_knows_the_seven_channels(manage, channel):
    code, _, error = manage("send_broadcast", "歡迎", "--all", f"--channel={channel}")

    assert (code, error.count("\n")) == (2, 1)
    assert "telegram, viber" in error


@pytest.mark.parametrize("words", [["7"], ["x"], [], ["99999999999999999999"], ["-1"]])
def test_status_of_nothing_is_a_usage_error(manage, words):
    code, out, error = manage("broadcast_status", *words)

    assert (code, out, error.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("processes", ["0", "65", "x"])
def test_worker_wants_a_sensible_number(manage, processes):
    code, _, error = manage("worker", "--processes", processes)

    assert (code, error.count("\n")) == (2, 1)
