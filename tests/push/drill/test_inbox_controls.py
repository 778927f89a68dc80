"""The drill server's settings, told from the inbox page."""

from pathlib import Path

import pytest
from django.urls import reverse

from push.drill.server import Server
from push.drill.state import State

from .conftest import running
from .inbox_pages import get, part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def test_every_control_works(page, drill):
    state = drill.server.desk.state

    def tell(name: str, **told: object) -> str:
        back = {"back": "phone=line%3A1001&next=//evil.example"}
        response = page.post(reverse(name), {**told, **back}, follow=True)
        assert response.redirect_chain == [("/drill/?phone=line%3A1001", 302)]
        return response.content.decode()

    html = tell("drill_settings", latency=7, pace=100, talking=0)
    assert (state.latency, state.pace, state.talking) == (7, 100, 0)
    assert 'value="7"' in html
    assert "The drill server has been told." in html

    html = tell("drill_fail", kind="hang", count=2)
    assert (state.failure, state.left) == ("hang", 2)
    assert "The next posts (2) get silence." in part(html, "server")

    tell("drill_fail", kind="hang", count=0)
    assert state.fails() == ""

    html = tell("drill_contact", channel="line", contact="1001", mood="talking")
    assert state.moods == {"line:1001": "talking"}
    assert 'value="talking" aria-pressed="true"' in html


@pytest.mark.parametrize(
    ("name", "told", "reason"),
    [
        ("drill_settings", {"latency": -1, "pace": 1, "talking": 1}, "greater than or equal to 0"),
        ("drill_settings", {}, "This field is required."),
        ("drill_fail", {"kind": "explode", "count": 1}, "explode is not one of the available"),
        ("drill_contact", {"channel": "sms", "contact": "1", "mood": "free"}, "sms is not one of"),
    ],
)
def test_what_cannot_be_told_is_explained(page, drill, name: str, told, reason: str):
    before = drill.server.desk.state.to_json()

    html = page.post(reverse(name), told, follow=True).content.decode()

    assert reason in html
    assert drill.server.desk.state.to_json() == before


def test_telling_a_drill_server_that_is_down_says_so(page, settings):
    settings.FIRSTLINE_API_BASE = "http://127.0.0.1:9"

    html = page.post(reverse("drill_fail"), {"kind": "500", "count": 1}, follow=True)

    assert "The drill server did not take that. Is it running?" in html.content.decode()


def test_another_server_at_that_address_is_no_drill_server(page, fake_firstline):
    assert "The drill server does not answer" in get(page)


@pytest.mark.parametrize(
    "answer",
    [(404, "{}"), (422, '{"message": "no"}'), (200, "[]"), (200, '{"latency": 1}'), (200, "no")],
)
def test_other_answers_than_a_drill_servers_are_no_settings(page, fake_firstline, answer):
    fake_firstline.answer(*answer)

    html = page.post(reverse("drill_fail"), {"kind": "500", "count": 1}, follow=True)

    assert "The drill server did not take that. Is it running?" in html.content.decode()


def test_journal_elsewhere_is_said(page, settings, tmp_path: Path):
    other = Server(0, state=State(), journal=tmp_path / "elsewhere.jsonl")
    with running(other):
        settings.FIRSTLINE_API_BASE = f"http://127.0.0.1:{other.port}"

        assert f"keeps its journal in {tmp_path}/elsewhere.jsonl" in get(page)
