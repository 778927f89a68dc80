"""The list of broadcasts."""

import pytest
from django.urls import reverse

from push.models import Outcome
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD = Outcome.SENT, Outcome.HELD


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
