"""The list of broadcasts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people import rights
from push import progress
from push.audience import Audience
from push.models import Broadcast, Outcome
from tests.makers import make_contact, make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD, FAILED = Outcome.SENT, Outcome.HELD, Outcome.FAILED


@pytest.mark.parametrize("many", [1, 3])
def test_list_shows_each_account_in_one_query(client, peishan, many, django_assert_num_queries):
    for _number in range(many):
        make_run(SENT, HELD)

    with django_assert_num_queries(6):
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


def listed(client, **query):
    page = client.get(reverse("broadcasts", query=query))
    return [each.broadcast for each in page.context["all_progress"]]


def test_list_puts_first_what_is_to_come(client, peishan):
    ended, paused, later, running, soon = (
        make_run(SENT),
        make_run(SENT, waiting=1, state="paused"),
        make_run(state="scheduled"),
        make_run(SENT, waiting=1),
        make_run(state="scheduled"),
    )
    now = timezone.now()
    Broadcast.objects.filter(pk=soon.pk).update(start_at=now + timedelta(hours=1))
    Broadcast.objects.filter(pk=later.pk).update(start_at=now + timedelta(hours=5))

    page = client.get(reverse("broadcasts"))

    assert listed(client) == [soon, later, running, paused, ended]
    assert progress.of(soon, now=now).begins_in in page.text


def test_list_is_narrowed_by_state(client, peishan):
    done, held, waits, failed, running, test, cancelled = (
        make_run(SENT),
        make_run(HELD),
        make_run(HELD),
        make_run(FAILED),
        make_run(SENT, waiting=1),
        make_run(FAILED, is_test=True),
        make_run(SENT, state="cancelled"),
    )
    stopped = make_run(SENT, waiting=1, state="paused")
    Broadcast.objects.filter(pk=stopped.pk).update(paused_because="wave")
    Broadcast.objects.filter(pk=waits.pk).update(held_again_at=timezone.now())

    found = {which: listed(client, which=which) for which in ("undecided", "going", "tests")}

    assert found == {
        "undecided": [stopped, failed, held],
        "going": [stopped, running],
        "tests": [test],
    }
    assert listed(client, which="done") == [test, failed, waits, held, done]
    assert listed(client, which="cancelled") == [cancelled]
    assert listed(client, which="scheduled") == []


def test_list_is_narrowed_by_channel_name_and_person(client, peishan):
    make_contact("阿美", channel="livechat")
    web = make_run(SENT, audience=Audience("livechat", everyone=True))
    other = make_run(SENT, by=make_user("志豪", rights=[rights.SEND]))
    mine = make_run(SENT, by=peishan)

    assert listed(client, channel="livechat") == [web]
    assert listed(client, q=mine.version.template.name[5:20]) == [mine]
    assert listed(client, mine="1") == [mine]
    assert listed(client, which="nonsense", channel="<b>", q="\0") == [mine, other, web]


def test_list_with_nothing_that_fits_says_so(client, peishan):
    make_run(SENT)

    page = client.get(reverse("broadcasts"), {"q": "<b>沒有</b>"})

    assert "No broadcast of that name" in page.text
    assert "&lt;b&gt;沒有&lt;/b&gt;" in page.text


def test_list_by_htmx_is_only_the_list(client, peishan):
    make_run(SENT)

    part = client.get(reverse("broadcasts"), headers={"HX-Request": "true"})

    assert part.text.lstrip().startswith('<div class="lane" data-gap="tight" id="broadcasts">')
