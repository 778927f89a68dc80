"""How long a sign-in lasts: a set time altogether, and less without anything done."""

import time

import pytest

from people.middleware import ACTIVE_AT, SIGNED_IN_AT
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db

HOUR = 60 * 60
POLL = {"HX-Request": "true"}
PRESS = {"HX-Request": "true", "X-Interaction": "1"}


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.SESSION_COOKIE_AGE, settings.SESSION_IDLE_MINUTES = 12 * HOUR, 120


@pytest.fixture
def signed_in(client):
    client.force_login(make_user())
    return client


def go_back(client, **times):
    """As if the session were so many seconds older."""
    session = client.session
    for name, seconds in times.items():
        session[name] = int(time.time()) - seconds
    session.save()


def is_signed_in(client, headers=None):
    return client.get("/", headers=headers).status_code == 200


def test_sign_in_begins_the_session(client):
    make_user()
    client.post("/accounts/login/", {"login": "佩珊", "password": "first-line-demo"})

    cookie = client.cookies["sessionid"]
    assert abs(client.session[SIGNED_IN_AT] - time.time()) < 60
    assert abs(client.session[ACTIVE_AT] - time.time()) < 60
    assert cookie["max-age"] == 12 * HOUR
    assert cookie["httponly"]


def test_sign_in_asks_for_a_name_and_a_password_alone(client):
    form = client.get("/accounts/login/").context["form"]

    assert list(form.fields) == ["login", "password"]


@pytest.mark.parametrize(
    ("times", "stays"),
    [
        ({SIGNED_IN_AT: 12 * HOUR - 60, ACTIVE_AT: 10}, True),
        ({SIGNED_IN_AT: 12 * HOUR, ACTIVE_AT: 10}, False),
        ({ACTIVE_AT: 2 * HOUR - 60}, True),
        ({ACTIVE_AT: 2 * HOUR}, False),
    ],
)
def test_session_ends_after_its_time_and_after_idleness(signed_in, times, stays):
    go_back(signed_in, **times)

    assert is_signed_in(signed_in) is stays
    assert ("_auth_user_id" in signed_in.session) is stays
    assert Entry.objects.filter(verb="signed out").exists() is not stays


def test_end_is_said_to_a_fragment(signed_in):
    go_back(signed_in, **{ACTIVE_AT: 2 * HOUR})

    assert signed_in.get("/", headers=POLL).status_code == 401


@pytest.mark.parametrize(
    ("headers", "counts"),
    [(None, True), (PRESS, True), (POLL, False)],
    ids=["page", "press", "poll"],
)
def test_polls_are_no_activity(signed_in, headers, counts):
    go_back(signed_in, **{ACTIVE_AT: HOUR})
    before = signed_in.session[ACTIVE_AT]

    signed_in.get("/", headers=headers)

    assert (signed_in.session[ACTIVE_AT] > before) is counts


def test_activity_is_written_once_a_minute(signed_in):
    go_back(signed_in, **{ACTIVE_AT: 30})
    before = signed_in.session[ACTIVE_AT]

    signed_in.get("/")

    assert signed_in.session[ACTIVE_AT] == before


def test_short_limit_is_kept_to(signed_in, settings):
    settings.SESSION_IDLE_MINUTES = 1
    go_back(signed_in, **{ACTIVE_AT: 10})

    signed_in.get("/")
    assert time.time() - signed_in.session[ACTIVE_AT] < 5
    go_back(signed_in, **{ACTIVE_AT: 61})

    assert not is_signed_in(signed_in)


def test_session_of_before_there_were_limits_begins_now(signed_in):
    session = signed_in.session
    del session[SIGNED_IN_AT], session[ACTIVE_AT]
    session.save()

    assert is_signed_in(signed_in)
    assert abs(signed_in.session[SIGNED_IN_AT] - time.time()) < 60


def test_what_everybody_shares_does_not_depend_on_the_session(signed_in):
    assert "Cookie" not in signed_in.get("/looks.css").headers.get("Vary", "")
