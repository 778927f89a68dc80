"""A broadcast's pages: how it goes, who got it, and what can be done."""

import csv
import io
import json

import pytest
from django.urls import reverse

from people import rights
from people.models import Entry
from push import broadcasts
from push.models import Broadcast, Outcome
from tests.makers import make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD, FAILED, UNCERTAIN = Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN


@pytest.fixture
def peishan(client):
    user = make_user("佩珊", rights=[rights.SEND])
    client.force_login(user)
    return user


def page_of(client, broadcast, **query):
    return client.get(reverse("broadcast", args=[broadcast.pk], query=query))


def do(client, deed, broadcast, **said):
    return client.post(reverse(f"broadcast_{deed}", args=[broadcast.pk]), said, follow=True)


def names(page):
    return [delivery.contact.name for delivery in page.context["leaf"].deliveries]


@pytest.mark.parametrize("many", [1, 3])
def test_list_shows_each_account_in_one_query(client, peishan, many, django_assert_num_queries):
    for _number in range(many):
        make_run(SENT, HELD)

    with django_assert_num_queries(7):
        page = client.get(reverse("broadcasts"))

    counted = [(each.tally.sent, each.undecided) for each in page.context["all_progress"]]
    assert counted[0] == (1, 1)
    assert len(counted) == many


def test_list_without_broadcasts_teaches_the_next_step(client, peishan):
    page = client.get(reverse("broadcasts"))

    assert "No broadcasts yet" in page.text


def test_list_goes_page_by_page(client, peishan):
    for _number in range(26):
        make_run(SENT)

    first, last = client.get(reverse("broadcasts")), client.get(reverse("broadcasts") + "?page=99")

    assert (len(first.context["all_progress"]), len(last.context["all_progress"])) == (25, 1)


def test_broadcast_adds_up_to_its_audience(client, peishan):
    broadcast = make_run(SENT, SENT, HELD, FAILED, UNCERTAIN, waiting=3)

    page = page_of(client, broadcast)

    counts = {part.outcome: part.count for part in page.context["progress"].parts}
    assert counts == {
        "sent": 2,
        "sending": 0,
        "waiting": 3,
        "held": 1,
        "failed": 1,
        "uncertain": 1,
        "cancelled": 0,
    }
    assert sum(counts.values()) == page.context["tally"].audience == 8
    assert "Exactly these 3 come next" in page.text


@pytest.mark.parametrize("many", [1, 3])
def test_broadcast_asks_as_often_for_many_as_for_one(
    client, peishan, many, django_assert_num_queries
):
    broadcast = make_run(*[SENT] * many, *[UNCERTAIN] * many)

    with django_assert_num_queries(10):
        page_of(client, broadcast)


def test_reasons_say_what_to_do(client, peishan):
    broadcast = make_run(HELD, FAILED, FAILED, UNCERTAIN)

    page = page_of(client, broadcast)

    found = [(row.outcome, row.reason, row.count) for row in page.context["reasons"]]
    assert found == [
        ("failed", "not_found", 2),
        ("held", "agent_talking", 1),
        ("uncertain", "no_answer", 1),
    ]
    assert "An agent is talking with this contact" in page.text
    assert "&lt;b&gt;unknown&lt;/b&gt;" in page.text


def test_contacts_are_found_by_outcome_reason_and_name(client, peishan):
    broadcast = make_run(SENT, HELD, FAILED, waiting=1)

    assert names(page_of(client, broadcast)) == ["小明0", "小明1", "小明2", "小明3"]
    assert names(page_of(client, broadcast, outcome="held")) == ["小明1"]
    assert names(page_of(client, broadcast, outcome="pending")) == ["小明3"]
    assert names(page_of(client, broadcast, outcome="failed", reason="not_found")) == ["小明2"]
    assert names(page_of(client, broadcast, outcome="failed", reason="other")) == []
    assert names(page_of(client, broadcast, find="明2")) == ["小明2"]


@pytest.mark.parametrize(
    "query",
    [
        {"outcome": "<script>"},
        {"after": "x"},
        {"after": "9" * 30},
        {"reason": "a\0b"},
        {"find": "王" * 5_000},
        {"find": "\0"},
    ],
)
def test_contacts_asked_for_with_nonsense_are_no_error(client, peishan, query):
    assert page_of(client, make_run(SENT), **query).status_code == 200


def test_contacts_are_shown_fifty_at_a_time(client, peishan):
    broadcast = make_run(*[SENT] * 51)

    first = page_of(client, broadcast)
    more = client.get(f"{reverse('broadcast_rows', args=[broadcast.pk])}?{first.context['more']}")

    assert (len(names(first)), names(more), more.context["leaf"].after) == (50, ["小明50"], 0)


def test_live_asks_again_until_it_has_ended(client, peishan):
    running, ended = make_run(SENT, waiting=1), make_run(SENT)

    asked = client.get(reverse("broadcast_live", args=[running.pk]))
    last = client.get(reverse("broadcast_live", args=[ended.pk]))

    assert 'hx-trigger="every' in asked.text
    assert 'hx-trigger="every' not in last.text
    assert ("HX-Trigger" in asked, last["HX-Trigger"]) == (False, "settled")
    assert 'id="actions" hx-swap-oob="true"' in asked.text


def test_pause_resume_and_cancel(client, peishan):
    broadcast = make_run(SENT, waiting=2)

    paused = do(client, "pause", broadcast)
    resumed = do(client, "resume", broadcast)
    cancelled = do(client, "cancel", broadcast)

    said = [page.context["broadcast"].state for page in (paused, resumed, cancelled)]
    assert said == ["paused", "running", "cancelled"]
    assert "When you resume, exactly these 2 come next" in paused.text
    assert cancelled.context["tally"].cancelled == 2
    assert list(Entry.objects.filter(by=peishan).values_list("verb", flat=True))[:3] == [
        "cancelled",
        "resumed",
        "paused",
    ]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("pause", "There was nothing to pause."),
        ("resume", "It was not paused."),
        ("cancel", "It had ended already."),
        ("retry", "Nothing to try again."),
        ("release", "Nothing to try again."),
    ],
)
def test_a_deed_that_comes_too_late_says_so(client, peishan, deed, words):
    assert words in do(client, deed, make_run(SENT)).text


def test_why_it_paused_itself_is_said(client, peishan):
    broadcast = make_run(FAILED, waiting=1, state="paused")
    Broadcast.objects.update(paused_because="run_of_failures")

    assert "Too many messages in a row did not go through" in page_of(client, broadcast).text


def test_retry_tries_all_that_failed_or_one(client, peishan):
    broadcast = make_run(SENT, FAILED, FAILED, FAILED)
    one = broadcast.deliveries.filter(outcome=FAILED).first()

    first = do(client, "retry", broadcast, delivery=one.pk)
    rest = do(client, "retry", broadcast)

    assert [page.context["tally"].waiting for page in (first, rest)] == [1, 3]


def test_release_tries_the_held_ones_again_without_force(client, peishan):
    broadcast = make_run(HELD)

    page = do(client, "release", broadcast)

    assert page.context["tally"].waiting == 1
    assert not broadcast.chunks.filter(is_forced=True).exists()


def test_force_needs_its_own_right_and_a_reason(client, peishan):
    broadcast = make_run(HELD)

    refused = do(client, "force", broadcast, reason="停電")
    client.force_login(make_user("小美", rights=[rights.FORCE]))
    unexplained = do(client, "force", broadcast, reason=" ")
    forced = do(client, "force", broadcast, reason="停電")

    assert (refused.status_code, unexplained.context["tally"].held) == (403, 1)
    assert "Say why this message is forced" in unexplained.text
    assert forced.context["tally"].waiting == 1
    assert "停電" in Entry.objects.first().detail.values()


@pytest.mark.parametrize(("found_as", "counter"), [("sent", "sent"), ("not_sent", "failed")])
def test_settle_takes_a_persons_word(client, peishan, found_as, counter):
    broadcast = make_run(UNCERTAIN, UNCERTAIN)

    page = do(client, "settle", broadcast, reason="看過了", **{"as": found_as})

    assert getattr(page.context["tally"], counter) == 2
    entry = Entry.objects.first()
    assert (entry.by, entry.detail["reason"]) == (peishan, "看過了")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"as": "sent", "reason": " "}, "Say how you know"),
        ({"as": "maybe", "reason": "看過了"}, "Choose whether they were sent or not."),
        ({"as": "sent", "reason": "看過了", "delivery": "x"}, "Settled: 0."),
    ],
)
def test_settle_with_less_changes_nothing(client, peishan, said, words):
    page = do(client, "settle", make_run(UNCERTAIN), **said)

    assert page.context["tally"].uncertain == 1
    assert words in page.text


def test_delivery_shows_what_was_sent_again(client, peishan):
    broadcast = make_run(SENT, message="嗨 {{ name }} {{ coupon | 沒有 }}")
    delivery = broadcast.deliveries.get()
    delivery.contact.name = "改名了"
    delivery.contact.save()

    page = client.get(reverse("delivery", args=[broadcast.pk, delivery.pk]))

    assert json.loads(page.context["body"]) == {
        "contactable_type": "App\\LineContact",
        "contactable_id": delivery.contact.contactable_id,
        "type": "text",
        "message": "嗨 小明0 沒有",
    }
    assert "嗨 " in page.text
    assert '<span class="filled">小明0</span>' in page.text


def test_delivery_by_force_shows_the_force(client, peishan):
    broadcast = make_run(SENT, forced=True, reason="停電")

    page = client.get(reverse("delivery", args=[broadcast.pk, broadcast.deliveries.get().pk]))

    assert json.loads(page.context["body"])["is_force"] == 1


@pytest.mark.parametrize("outcome", [SENT, HELD, FAILED, UNCERTAIN])
def test_delivery_offers_what_can_be_done(client, peishan, outcome):
    broadcast = make_run(outcome)
    offers = {SENT: None, HELD: "release", FAILED: "retry", UNCERTAIN: "settle"}

    page = client.get(reverse("delivery", args=[broadcast.pk, broadcast.deliveries.get().pk]))

    offered = [
        deed
        for deed in ("release", "retry", "settle")
        if reverse(f"broadcast_{deed}", args=[broadcast.pk]) in page.text
    ]
    assert offered == ([offers[outcome]] if offers[outcome] else [])


def test_delivery_of_another_broadcast_is_not_found(client, peishan):
    first, second = make_run(SENT), make_run(SENT)
    key = second.deliveries.first().pk

    assert client.get(reverse("delivery", args=[first.pk, key])).status_code == 404


def test_csv_has_a_line_for_each_and_no_formula(client, peishan):
    broadcast = make_run(SENT, FAILED, UNCERTAIN)
    contact = broadcast.deliveries.first().contact
    contact.name = "=HYPERLINK(1)"
    contact.save()

    answer = client.get(reverse("broadcast_csv", args=[broadcast.pk]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["name"], row["outcome"], row["status"]) for row in rows] == [
        ("'=HYPERLINK(1)", "Sent", "200"),
        ("小明1", "Failed", "404"),
        ("小明2", "Uncertain", ""),
    ]
    assert Entry.objects.first().verb == "exported"


def test_reading_needs_no_right_and_doing_does(client):
    broadcast = make_run(SENT, UNCERTAIN, waiting=1)
    client.force_login(make_user("志豪"))
    deeds = ("pause", "resume", "cancel", "retry", "release", "force", "settle")

    read = page_of(client, broadcast)
    codes = {do(client, deed, broadcast).status_code for deed in deeds}
    codes.add(client.get(reverse("broadcast_csv", args=[broadcast.pk])).status_code)

    assert (read.status_code, codes) == (200, {403})
    assert "broadcast_pause" not in read.text
    assert 'id="do-pause"' not in read.text


def test_doing_is_never_a_get(client, peishan):
    broadcast = make_run(SENT, waiting=1)

    codes = {
        client.get(reverse(f"broadcast_{deed}", args=[broadcast.pk])).status_code
        for deed in ("pause", "resume", "cancel", "retry", "release", "settle")
    }

    assert codes == {405}


def test_an_unknown_broadcast_is_not_found(client, peishan):
    for key in (0, 999_999, 10**30):
        assert client.get(f"/broadcasts/{key}/").status_code == 404


def test_a_broadcast_whose_audience_has_gone_says_so(client, peishan):
    broadcast = make_run()

    assert "Nobody was left in the audience" in page_of(client, broadcast).text


def test_a_broadcast_that_is_being_prepared_says_so(client, peishan):
    broadcast = make_run(SENT, waiting=1, state="expanding")

    assert "Getting ready: 2 contacts are in so far" in page_of(client, broadcast).text


def test_a_test_is_marked_as_one(client, peishan):
    broadcast = make_run(SENT, is_test=True)

    assert '<span class="tag">Test</span>' in page_of(client, broadcast).text
    assert broadcasts.tally(broadcast).is_all_sent


@pytest.mark.parametrize("deed", ["retry", "release"])
def test_a_cancelled_broadcast_is_not_tried_again(client, peishan, deed):
    broadcast = make_run(HELD, FAILED, state="cancelled")

    page = do(client, deed, broadcast)

    assert "This broadcast was cancelled" in page.text
    assert (page.context["tally"].held, page.context["tally"].failed) == (1, 1)


def test_panels_are_drawn_by_themselves_too(client, peishan):
    broadcast = make_run(SENT, UNCERTAIN)

    decide = client.get(reverse("broadcast_decide", args=[broadcast.pk]))
    listed = client.get(reverse("broadcast_deliveries", args=[broadcast.pk]) + "?outcome=uncertain")

    assert decide.text.lstrip().startswith('<div class="lane decide" id="decide"')
    assert names(listed) == ["小明1"]
