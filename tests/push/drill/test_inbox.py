"""The inbox page: what each pretend contact received, and the drill server's settings."""

import http.client
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse

from push.drill import inbox, index
from push.drill.server import Server
from push.drill.state import State
from tests.makers import make_contact, make_user

from .conftest import Client, running

pytestmark = pytest.mark.django_db

CARD = {
    "image_url": "https://nuanri.example/coat.jpg",
    "title": "羊毛大衣",
    "text": "雙面呢",
    "actions": [{"text": "看商品", "type": "url", "url": "https://nuanri.example/p"}],
}
CAROUSEL = {"type": "carousel", "message": {"alt_text": "秋冬外套", "columns": [CARD]}}
TEXT = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def _installation(settings, tmp_path: Path, server: Server):
    settings.DATA_DIR = tmp_path
    settings.DRILL = True
    settings.FIRSTLINE_API_BASE = f"http://127.0.0.1:{server.port}"


@pytest.fixture
def drill(server: Server) -> Client:
    """Posts to the drill server, and waits until the inbox has it."""
    client = Client(server)
    push = client.push

    def push_and_index(**changed):
        answer = push(**changed)
        index.follow(server.desk.journal.path)
        return answer

    client.push = push_and_index
    return client


@pytest.fixture
def page(client):
    """Signed in as 佩珊."""
    client.force_login(make_user("佩珊"))
    return client


def _get(page, address: str = "", name: str = "drill") -> str:
    response = page.get(reverse(name) + address)
    assert response.status_code == 200
    return response.content.decode()


def _part(html: str, id: str) -> str:
    """The words of one section."""
    found = re.search(rf'<section[^>]* id="{id}".*?</section>', html, re.DOTALL)
    return " ".join(TEXT.sub(" ", found[0]).split())


def test_inbox_asks_for_sign_in(client):
    assert client.get(reverse("drill")).url == "/accounts/login/?next=/drill/"
    assert client.post(reverse("drill_fail")).url == "/accounts/login/?next=/"


def test_inbox_is_not_there_with_a_real_host(page, settings):
    settings.DRILL = False

    assert page.get(reverse("drill")).status_code == 404
    assert page.post(reverse("drill_settings")).status_code == 404


def test_empty_inbox_says_what_to_do(page):
    html = _get(page)

    assert "Nothing has arrived yet" in _part(html, "phones")
    assert 'href="/send/"' in html
    assert "does not answer" not in html


def test_inbox_of_a_drill_server_that_is_down_says_how_to_start_it(page, settings):
    settings.FIRSTLINE_API_BASE = "http://127.0.0.1:9"

    html = _get(page)

    assert "The drill server does not answer" in html
    assert "<code>make run</code>" in html
    assert "Nothing has arrived yet" in html


@pytest.mark.parametrize("data", [None, b"", b"no database" * 100], ids=["no", "blank", "broken"])
def test_index_that_cannot_be_read_is_an_empty_inbox(page, settings, data: bytes | None):
    settings.DATA_DIR = settings.DATA_DIR / "other"
    settings.DATA_DIR.mkdir()
    if data is not None:
        inbox.path().write_bytes(data)

    assert "Nothing has arrived yet" in _get(page)


def test_message_is_drawn_on_the_phone_with_the_contacts_name(page, drill):
    make_contact("小明", contactable_id="1001", account="信義門市 LINE")

    drill.push(**CAROUSEL)
    html = _get(page)

    assert "小明" in _part(html, "phones")
    assert "羊毛大衣" in _part(html, "phones")
    shown = _part(html, "phone")
    assert "信義門市 LINE" in shown
    assert "羊毛大衣 雙面呢" in shown
    assert "看商品" in shown
    assert 'data-channel="line"' in html
    assert "Arrived Carousel" in _part(html, "posts")


def test_phone_of_nobody_we_know_goes_by_its_id(page, drill):
    drill.push(contactable_id="visitor-9")

    assert "visitor-9" in _part(_get(page), "phones")


def test_messages_stand_in_the_order_they_came(page, drill):
    for word in ("第一則", "第二則", "第三則"):
        drill.push(message=word)

    shown = _part(_get(page), "phone")

    assert re.findall("第.則", shown) == ["第一則", "第二則", "第三則"]


def test_forced_and_refused_are_marked_with_their_reasons(page, drill):
    drill.server.desk.state.set({"talking": 100})
    drill.push(message="被擋下")
    drill.push(message="硬送", is_force=1)
    drill.push(message=5)

    html = _get(page)

    posts, shown = _part(html, "posts"), _part(html, "phone")
    assert "arrived: 1, refused: 2" in posts
    assert "Held 409 Text" in posts
    assert "An agent is talking with this contact." in posts
    assert "Arrived Text is_force" in posts
    assert "Refused 422 Text" in posts
    assert "message A text is expected here." in posts
    assert "refused (409)" in shown
    assert "forced" in shown
    assert "硬送" in shown
    assert "被擋下" not in shown


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("500", "Server error 500 Text"),
        ("503", "Not now 503 Text"),
        ("cut", "Arrived, no answer Text"),
    ],
)
def test_failures_are_told_apart(page, drill, kind: str, words: str):
    drill.server.desk.state.fail(kind, 1)
    with suppress(http.client.IncompleteRead):
        drill.push()
    index.follow(drill.server.desk.journal.path)

    assert words in _part(_get(page), "posts")


def test_no_message_without_an_answer_is_shown_as_it_came(page, drill):
    drill.server.desk.state.fail("cut", 1)
    with pytest.raises(http.client.IncompleteRead):
        drill.push(type="video")
    index.follow(drill.server.desk.journal.path)

    html = _get(page)

    assert "Arrived, no answer Unknown kind" in _part(html, "posts")
    assert "The answer broke off in the middle." in _part(html, "posts")
    assert "no answer was given" in _part(html, "phone")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "video", "message": {"url": "x"}},
        {"type": ["text"], "message": None},
        {"type": "carousel", "message": {"columns": "none"}},
        {"type": "text", "message": "x" * 5000, "extra": {"deep": ["<b>"]}},
    ],
    ids=["kind", "no-kind", "columns", "extra"],
)
def test_what_is_no_message_is_shown_as_it_came(page, drill, body):
    drill.push(**body)

    assert "Refused 422" in _part(_get(page), "posts")


def test_words_that_hurt_stay_words(page, drill):
    hurt = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ name }} 👨‍👩‍👧'
    make_contact(hurt, contactable_id="1001", account=hurt[:100])
    drill.push(message=hurt)
    drill.push(contactable_id='"><script>', type="button", message={"explain_text": hurt})

    for address in ("", "?phone=line:1001", "?q=<script>", '?phone=line:"><script>'):
        html = _get(page, address)

        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert '"><script>' not in html


def test_search_finds_names_and_ids(page, drill):
    make_contact("小明", contactable_id="1001")
    make_contact("小華", channel="facebook", contactable_id="2001")
    drill.push()
    drill.push(contactable_type="App\\FbContact", contactable_id=2001)
    drill.push(contactable_id=2999)

    def found(address: str) -> list[str]:
        return re.findall(r'id="at-([^"]+)"', _get(page, address))

    assert found("?q=小華") == ["facebook-2001"]
    assert found("?q=2") == ["line-2999", "facebook-2001"]
    assert found("?q=2&channel=line") == ["line-2999"]
    assert found("?channel=facebook") == ["facebook-2001"]
    assert found("?q=%25") == []
    assert "Nobody like that" in _get(page, "?q=nobody")


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_the_database_once_for_all_names(
    page, drill, django_assert_num_queries, count: int
):
    for number in range(count):
        make_contact("小明", contactable_id=str(number))
        drill.push(contactable_id=number)

    # Session, person, their rights (2), the names of the list, the name of the chosen phone.
    with django_assert_num_queries(6):
        _get(page, "?phone=line:0")


def test_many_phones_come_in_pages(page, drill):
    for number in range(45):
        drill.push(contactable_id=number)

    assert len(re.findall('id="at-', _get(page))) == 40
    assert len(re.findall('id="at-', _get(page, "?page=2"))) == 5
    assert "Page 2 of 2" in _get(page, "?page=99")


def test_long_history_has_an_earlier_part(page, drill):
    for number in range(35):
        drill.push(message=f"第 {number} 則。")

    latest = _get(page, "?phone=line:1001")
    earlier = _get(page, "?phone=line:1001&before=6")

    assert "第 5 則。" in _part(latest, "phone")
    assert "第 4 則。" not in _part(latest, "phone")
    assert "before=6" in latest
    assert "第 4 則。" in _part(earlier, "phone")
    assert "Earlier" not in _part(earlier, "phone")


def test_news_is_nothing_until_something_comes(page, drill):
    drill.push(message="舊")
    asked = f"?phone=line:1001&after={inbox.newest()}&since=1&up=1&last=1"
    quiet = page.get(reverse("drill_news") + asked)

    drill.push(message="新來的")
    drill.push(contactable_id=7, message="別人的")
    html = _get(page, asked, name="drill_news")

    assert (quiet.status_code, quiet.content) == (204, b"")
    assert "1 new" in _part(html, "phones")
    assert "新來的" in _part(html, "phone")
    assert "別人的" not in _part(html, "phone")
    assert "after=3&amp;up=1&amp;last=2" in html
    assert 'id="server"' not in html


def test_news_tells_when_the_drill_server_goes(page, drill, settings):
    drill.push()
    settings.FIRSTLINE_API_BASE = "http://127.0.0.1:9"

    html = _get(page, "?after=1&up=1&last=1&phone=line:1001", name="drill_news")

    assert "The drill server does not answer" in html
    assert "It does not answer." in _part(html, "server")
    assert 'id="posts"' not in html


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
    assert "The next posts (2) get silence." in _part(html, "server")

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
    assert "The drill server does not answer" in _get(page)


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

        assert f"keeps its journal in {tmp_path}/elsewhere.jsonl" in _get(page)
