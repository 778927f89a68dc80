"""The inbox page: what each pretend contact received, and the drill server's settings."""

import http.client
import re
from contextlib import suppress

import pytest
from django.urls import reverse

from push.drill import inbox, index
from tests.makers import make_contact

from .inbox_pages import get, part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

CARD = {
    "image_url": "https://nuanri.example/coat.jpg",
    "title": "羊毛大衣",
    "text": "雙面呢",
    "actions": [{"text": "看商品", "type": "url", "url": "https://nuanri.example/p"}],
}
CAROUSEL = {"type": "carousel", "message": {"alt_text": "秋冬外套", "columns": [CARD]}}


def test_inbox_asks_for_sign_in(client):
    assert client.get(reverse("drill")).url == "/accounts/login/?next=/drill/"
    assert client.post(reverse("drill_fail")).url == "/accounts/login/?next=/"


def test_inbox_is_not_there_with_a_real_host(page, settings):
    settings.DRILL = False

    assert page.get(reverse("drill")).status_code == 404
    assert page.post(reverse("drill_settings")).status_code == 404


def test_empty_inbox_says_what_to_do(page):
    html = get(page)

    assert "Nothing has arrived yet" in part(html, "phones")
    assert 'href="/send/"' in html
    assert "does not answer" not in html


def test_inbox_of_a_drill_server_that_is_down_says_how_to_start_it(page, settings):
    settings.FIRSTLINE_API_BASE = "http://127.0.0.1:9"

    html = get(page)

    assert "The drill server does not answer" in html
    assert "<code>make run</code>" in html
    assert "Nothing has arrived yet" in html


@pytest.mark.parametrize("data", [None, b"", b"no database" * 100], ids=["no", "blank", "broken"])
def test_index_that_cannot_be_read_is_an_empty_inbox(page, settings, data: bytes | None):
    settings.DATA_DIR = settings.DATA_DIR / "other"
    settings.DATA_DIR.mkdir()
    if data is not None:
        inbox.path().write_bytes(data)

    assert "Nothing has arrived yet" in get(page)


def test_message_is_drawn_on_the_phone_with_the_contacts_name(page, drill):
    make_contact("小明", contactable_id="1001", account="信義門市 LINE")

    drill.push(**CAROUSEL)
    html = get(page)

    assert "小明" in part(html, "phones")
    assert "羊毛大衣" in part(html, "phones")
    shown = part(html, "phone")
    assert "信義門市 LINE" in shown
    assert "羊毛大衣 雙面呢" in shown
    assert "看商品" in shown
    assert 'data-channel="line"' in html
    assert "Arrived Carousel" in part(html, "posts")


def test_phone_of_nobody_we_know_goes_by_its_id(page, drill):
    drill.push(contactable_id="visitor-9")

    assert "visitor-9" in part(get(page), "phones")


def test_messages_stand_in_the_order_they_came(page, drill):
    for word in ("第一則", "第二則", "第三則"):
        drill.push(message=word)

    shown = part(get(page), "phone")

    assert re.findall("第.則", shown) == ["第一則", "第二則", "第三則"]


def test_forced_and_refused_are_marked_with_their_reasons(page, drill):
    drill.server.desk.state.set({"talking": 100})
    drill.push(message="被擋下")
    drill.push(message="硬送", is_force=1)
    drill.push(message=5)

    html = get(page)

    posts, shown = part(html, "posts"), part(html, "phone")
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

    assert words in part(get(page), "posts")


def test_no_message_without_an_answer_is_shown_as_it_came(page, drill):
    drill.server.desk.state.fail("cut", 1)
    with pytest.raises(http.client.IncompleteRead):
        drill.push(type="video")
    index.follow(drill.server.desk.journal.path)

    html = get(page)

    assert "Arrived, no answer Unknown kind" in part(html, "posts")
    assert "The answer broke off in the middle." in part(html, "posts")
    assert "no answer was given" in part(html, "phone")


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

    assert "Refused 422" in part(get(page), "posts")


def test_words_that_hurt_stay_words(page, drill):
    hurt = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ name }} 👨‍👩‍👧'
    make_contact(hurt, contactable_id="1001", account=hurt[:100])
    drill.push(message=hurt)
    drill.push(contactable_id='"><script>', type="button", message={"explain_text": hurt})

    for address in ("", "?phone=line:1001", "?q=<script>", '?phone=line:"><script>'):
        html = get(page, address)

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
        return re.findall(r'id="at-([^"]+)"', get(page, address))

    assert found("?q=小華") == ["facebook-2001"]
    assert found("?q=2") == ["line-2999", "facebook-2001"]
    assert found("?q=2&channel=line") == ["line-2999"]
    assert found("?channel=facebook") == ["facebook-2001"]
    assert found("?q=%25") == []
    assert "Nobody like that" in get(page, "?q=nobody")


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_the_database_once_for_all_names(
    page, drill, django_assert_num_queries, count: int
):
    for number in range(count):
        make_contact("小明", contactable_id=str(number))
        drill.push(contactable_id=number)

    # Session, person, rights, the names of the list, the name of the chosen phone.
    with django_assert_num_queries(5):
        get(page, "?phone=line:0")


def test_many_phones_come_in_pages(page, drill):
    for number in range(45):
        drill.push(contactable_id=number)

    assert len(re.findall('id="at-', get(page))) == 40
    assert len(re.findall('id="at-', get(page, "?page=2"))) == 5
    assert "Page 2 of 2" in get(page, "?page=99")


def test_long_history_has_an_earlierpart(page, drill):
    for number in range(35):
        drill.push(message=f"第 {number} 則。")

    latest = get(page, "?phone=line:1001")
    earlier = get(page, "?phone=line:1001&before=6")

    assert "第 5 則。" in part(latest, "phone")
    assert "第 4 則。" not in part(latest, "phone")
    assert "before=6" in latest
    assert "第 4 則。" in part(earlier, "phone")
    assert "Earlier" not in part(earlier, "phone")


def test_news_is_nothing_until_something_comes(page, drill):
    drill.push(message="舊")
    asked = f"?phone=line:1001&after={inbox.newest()}&since=1&up=1&last=1"
    quiet = page.get(reverse("drill_news") + asked)

    drill.push(message="新來的")
    drill.push(contactable_id=7, message="別人的")
    html = get(page, asked, name="drill_news")

    assert (quiet.status_code, quiet.content) == (204, b"")
    assert "1 new" in part(html, "phones")
    assert "新來的" in part(html, "phone")
    assert "別人的" not in part(html, "phone")
    assert "after=3&amp;up=1&amp;last=2" in html
    assert 'id="server"' not in html


def test_news_tells_when_the_drill_server_goes(page, drill, settings):
    drill.push()
    settings.FIRSTLINE_API_BASE = "http://127.0.0.1:9"

    html = get(page, "?after=1&up=1&last=1&phone=line:1001", name="drill_news")

    assert "The drill server does not answer" in html
    assert "It does not answer." in part(html, "server")
    assert 'id="posts"' not in html
