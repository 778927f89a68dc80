"""A broadcast's page: how it goes, and who got it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from push import broadcasts, heartbeat, progress
from push.models import Broadcast, Minute, Outcome
from tests.journeys.pages import names, page_of
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD, FAILED, UNCERTAIN = Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN
NUMBERS = (
    '<td class="num">%s</td><td class="num">0</td><td class="num">0</td><td class="num">%s</td>'
)


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

    with django_assert_num_queries(11):
        page_of(client, broadcast)


def test_chart_is_drawn_and_is_a_table_too(client, peishan):
    broadcast = make_run(SENT, UNCERTAIN, waiting=1)
    counted = {"broadcast": broadcast, "chunk": broadcast.chunks.get()}
    Minute.objects.create(**counted, minute=29_700_000, sent=1)
    Minute.objects.create(**counted, minute=29_700_002, uncertain=1)

    page = page_of(client, broadcast)

    assert page.text.count("<rect data-bar=") == 2
    assert "What came back from 08:00 to 08:03: at most 1 in 60 s." in page.text
    table = page.text.split('data-look="minutes"')[1].split("</table>")[0]
    assert re.findall(r'<time [^>]*>(.*?)</time></th>((?:<td class="num">\d</td>)+)', table) == [
        ("08:00", NUMBERS % (1, 0)),
        ("08:01", NUMBERS % (0, 0)),
        ("08:02", NUMBERS % (0, 1)),
    ]


def test_chart_is_not_there_before_the_first_answer(client, peishan):
    assert "data-bar" not in page_of(client, make_run(waiting=1)).text


def test_pace_is_that_of_late(client, peishan):
    now = timezone.now()
    broadcast = make_run(*[SENT] * 3, waiting=1)
    Broadcast.objects.update(started_at=now - timedelta(hours=5))
    heartbeat.beat()
    counted = {"broadcast": broadcast, "chunk": broadcast.chunks.get()}
    minute = int(now.timestamp()) // 60
    Minute.objects.create(**counted, minute=minute - 1, sent=300, failed=60)
    Minute.objects.create(**counted, minute=minute - 60, sent=9_999)
    broadcast.refresh_from_db()

    paces = [
        progress.of(broadcast, now=now + timedelta(seconds=later)).pace for later in (0, 6_000)
    ]

    seconds = 120 + int(now.timestamp()) % 60
    assert abs(paces[0] - 60 * 360 / seconds) <= 2
    assert paces[1] == 0


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
    ("query", "found"),
    [
        ({"outcome": "<script>"}, ["小明0"]),
        ({"after": "x"}, ["小明0"]),
        ({"after": "9" * 30}, ["小明0"]),
        ({"reason": "a\0b"}, []),
        ({"find": "王" * 5_000}, []),
        ({"find": "\0"}, ["小明0"]),
    ],
)
def test_contacts_asked_for_with_nonsense_are_no_error(client, peishan, query, found):
    page = page_of(client, make_run(SENT), **query)

    assert names(page) == found
    assert "<script>" not in page.text.split('id="deliveries"')[1].split("</section>")[0]


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


def test_why_it_paused_itself_is_said(client, peishan):
    broadcast = make_run(FAILED, waiting=1, state="paused")
    Broadcast.objects.update(paused_because="run_of_failures")

    assert "Too many messages in a row did not go through" in page_of(client, broadcast).text


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


def test_panels_are_drawn_by_themselves_too(client, peishan):
    broadcast = make_run(SENT, UNCERTAIN)

    decide = client.get(reverse("broadcast_decide", args=[broadcast.pk]))
    listed = client.get(reverse("broadcast_deliveries", args=[broadcast.pk]) + "?outcome=uncertain")

    assert decide.text.lstrip().startswith('<div class="lane decide" id="decide"')
    assert names(listed) == ["小明1"]
