"""What a phone shows: everything from the payload, nothing unescaped, nothing that can be pressed
through."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from composer.preview import draw
from composer.vocabulary import channels, paths
from tests.composer.messages import BODIES, changed, good

EVERYWHERE = [
    pytest.param(kind, slug, id=f"{kind}-{slug}") for kind in BODIES for slug in channels.ALL
]
WORDS = {
    "text": "message",
    "button": "explain_text",
    "quickreply": "options[0].label",
    "carousel": "columns[0].title",
    "image_carousel": "columns[0].button.text",
}


def drawn(payload, channel="line", part="_shot", **more):
    return render_to_string(
        f"composer/{part}.html", {"phone": draw(payload, channel=channel, **more)}
    )


def buttons(html):
    """Each press: its attribute and its words."""
    found = re.findall(r'<button class="phone-\w+" type="button"([^>]*)>(.*?)</button>', html, re.S)
    return [
        (attribute.strip(), re.sub(r"<[^>]*>", "", words).strip()) for attribute, words in found
    ]


@pytest.mark.parametrize(("kind", "slug"), EVERYWHERE)
def test_phone_draws_every_kind_on_every_channel(kind, slug):
    html = drawn(good(kind), slug, part="_phone")

    words = BODIES[kind] if kind == "text" else next(iter(BODIES[kind].values()))
    stands_in = channels.ALL[slug].kinds[kind].fit == "none"
    assert f'data-channel="{slug}"' in html
    assert (words in html) == (isinstance(words, str) and (stands_in or "carousel" not in kind))


@pytest.mark.parametrize(("kind", "slug"), EVERYWHERE)
def test_phone_escapes_every_field(kind, slug):
    nasty = """<b>"'><script>alert(1)</script>"""
    payload = good(kind)
    for path, _ in list(paths.walk(payload["message"])):
        payload = {**payload, "message": changed_leaf(payload, path, nasty)}

    html = drawn(payload, slug, part="_phone")

    assert "<script" not in html
    assert '<b>"' not in html
    assert "\"'>" not in html


def changed_leaf(payload, path, value):
    if path == "message":
        return value
    *before, last = paths.steps(path)
    part = payload["message"]
    for step in before:
        part = part[step]
    part[last] = value if last != "type" else part[last]
    return payload["message"]


@pytest.mark.parametrize("slug", channels.ALL)
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("button", "options[0].url"),
        ("quickreply", "options[0].url"),
        ("carousel", "columns[0].actions[0].url"),
        ("carousel", "columns[0].image_url"),
        ("image_carousel", "columns[0].action.url"),
        ("image_carousel", "columns[0].image_url"),
    ],
)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "\tJaVaScRiPt:alert(1)", "data:x,y"])
def test_phone_never_holds_an_address_that_is_not_of_the_web(slug, kind, path, address):
    payload = changed(kind, path, address)
    if kind in {"button", "quickreply"}:
        payload["message"]["options"][0]["type"] = "url"

    html = drawn(payload, slug)

    assert "alert(1)" not in html
    assert "data:x" not in html


@pytest.mark.parametrize("part", ["_shot", "_phone"])
@pytest.mark.parametrize("slug", channels.ALL)
def test_phone_never_holds_an_address_that_a_contact_brings(slug, part):
    payload = changed("carousel", "columns[0].actions[0].url", "{{ link }}")
    payload["message"]["columns"][0]["image_url"] = "{{ link | data:x,y }}"

    html = drawn(payload, slug, part, values={"link": "javascript:alert(1)"})

    assert ("alert(1)" in html, "data:x" in html) == (False, False)


def test_phone_marks_what_is_filled_in():
    html = drawn(
        good("text") | {"message": "{{ name }}您好，{{ gift | 驚喜 }}"}, values={"name": "小明"}
    )

    assert '<span class="filled">小明</span>您好，<span class="filled">驚喜</span>' in html


def test_phone_escapes_what_is_filled_in():
    html = drawn(good("text") | {"message": "{{ name }}"}, values={"name": "<i>小明</i>"})

    assert '<span class="filled">&lt;i&gt;小明&lt;/i&gt;</span>' in html


def test_phone_shows_a_missing_value_as_a_gap():
    html = drawn(good("text") | {"message": "{{ name }}您好"}, values={"id": "1"})

    assert '<span class="filled"></span>您好' in html


def test_phone_without_a_contact_shows_the_placeholders_name():
    html = drawn(good("text") | {"message": "{{ name }}您好，{{ gift | 驚喜 }}"})

    assert '<span class="filled">{name}</span>您好，<span class="filled">驚喜</span>' in html


def test_phone_keeps_marks_out_of_addresses():
    payload = changed("carousel", "columns[0].actions[0].url", "https://x.tw/{{ id }}")
    payload["message"]["columns"][0]["image_url"] = "https://x.tw/{{ id }}.jpg"

    html = drawn(payload, values={"id": "7"})

    assert 'data-opens="https://x.tw/7"' in html
    assert 'src="https://x.tw/7.jpg"' in html


def test_phone_survives_marks_that_somebody_typed():
    html = drawn(good("text") | {"message": "\ue000\ue000一\ue001二\ue000"})

    assert '<span class="filled">一</span>二<' in html
    assert "\ue000" not in html


@pytest.mark.parametrize(
    ("slug", "labels"),
    [
        pytest.param("line", ["說", "開", "撥"], id="line has all"),
        pytest.param("instagram", ["說", "開"], id="instagram has no calls"),
        pytest.param("viber", ["說", "開"], id="viber has no calls"),
        pytest.param("wechat", ["說"], id="wechat has words alone"),
        pytest.param("livechat", ["說", "開", "撥"], id="livechat has all"),
    ],
)
def test_phone_draws_only_buttons_that_the_channel_has(slug, labels):
    options = [
        {"label": "說", "type": "text", "value": "好"},
        {"label": "開", "type": "url", "url": "https://x.tw/"},
        {"label": "撥", "type": "phonenumber", "number": "+886 2 2720 1188"},
    ]

    html = drawn(changed("button", "options", options), slug)

    assert [words for _, words in buttons(html)] == labels


def test_phone_says_what_a_press_would_do():
    options = [
        {"label": "說", "type": "text", "value": "好"},
        {"label": "默", "type": "text"},
        {"label": "開", "type": "url", "url": "https://x.tw/?a=1&b=2"},
        {"label": "撥", "type": "phonenumber", "number": "+886 2 2720 1188"},
        {"label": "空", "type": "url"},
    ]

    html = drawn(changed("button", "options", options))

    assert buttons(html) == [
        ('data-says="好"', "說"),
        ('data-says="默"', "默"),
        ('data-opens="https://x.tw/?a=1&amp;b=2"', "開"),
        ('data-rings="+886 2 2720 1188"', "撥"),
        ("", "空"),
    ]
    assert "<a " not in html


@pytest.mark.parametrize(
    ("slug", "place"),
    [("line", "phone-chips"), ("telegram", "phone-keys"), ("wechat", "data-joined")],
)
def test_quick_replies_stand_where_the_channel_puts_them(slug, place):
    html = drawn(good("quickreply"), slug)

    assert place in html


@pytest.mark.parametrize("slug", ["telegram", "wechat"])
def test_carousel_is_its_alt_text_where_there_is_none(slug):
    html = drawn(good("carousel"), slug)

    assert "雙十一外套" in html
    assert "phone-card" not in html


@pytest.mark.parametrize("slug", channels.ALL)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text", ""),
        ("button", {"options": []}),
        ("quickreply", {"options": [{"type": "text"}]}),
        ("carousel", {"columns": []}),
        ("carousel", {"columns": [{"actions": []}]}),
        ("image_carousel", {"columns": [{"action": {"type": None, "url": None, "value": None}}]}),
    ],
)
def test_phone_of_an_empty_message_shows_its_shape(slug, kind, body):
    html = drawn({"type": kind, "message": body}, slug, part="_phone")

    assert 'class="phone-blank"' in html or 'class="phone-picture"></span>' in html


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize(
    "text", ["字" * 5000, "👨‍👩‍👧‍👦🇹🇼" * 50, "第一行\n第二行"], ids=["long", "emoji", "lines"]
)
def test_phone_shows_the_text_as_it_is(kind, text):
    payload = changed(kind, WORDS[kind], text)

    assert text in drawn(payload, "livechat")


@pytest.mark.parametrize(
    ("url", "src"),
    [
        ("https://x.tw/a.jpg?b=1", "https://x.tw/a.jpg?b=1"),
        ("http://127.0.0.1:8000/static/demo/a.png", "/static/demo/a.png"),
        ("http://localhost:9//evil.tw/a.png?c=2", "/evil.tw/a.png?c=2"),
        ("https://our.shop/m/a.png", "/m/a.png"),
        ("https://our.shopping.tw/a.png", "https://our.shopping.tw/a.png"),
        ("http://x.tw/a.jpg", None),
        ("//x.tw/a.jpg", None),
        ("https://[bad", None),
        ("", None),
    ],
)
def test_picture_is_loaded_from_https_or_from_us(settings, url, src):
    settings.PUBLIC_BASE_URL = "https://our.shop"

    html = drawn(changed("carousel", "columns[0].image_url", url))

    assert re.findall(r'<img src="([^"]*)"', html) == ([src] if src else [])


@pytest.mark.parametrize(
    ("columns", "is_of_words"),
    [
        pytest.param([{"text": "一"}, {"text": "二"}], True, id="words"),
        pytest.param([{"text": "一"}, {"image_url": "https://x.tw/a.jpg"}], False, id="a picture"),
        pytest.param([{"text": "一"}, {}], False, id="just begun"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_cards_of_words_have_no_room_for_a_picture(columns, is_of_words):
    html = drawn(changed("carousel", "columns", columns))

    assert ('data-of="words"' in html) == is_of_words


def test_a_key_wears_its_colours_where_the_channel_has_them():
    payload = good("image_carousel")

    assert 'style="--plate:#24508f;--plate-line:#24508f;--plate-ink:#ffffff;"' in drawn(
        payload, "viber"
    )
    assert "style=" not in drawn(payload, "facebook")


@pytest.mark.parametrize(("kind", "slug"), EVERYWHERE)
def test_what_nobody_has_documented_is_said_beside_the_picture(kind, slug):
    guess = channels.ALL[slug].kinds[kind].guess

    html = render_to_string("composer/_guess.html", {"phone": draw(good(kind), channel=slug)})

    assert escape(guess) in html
    assert ("unverified" in html) == bool(guess)


def test_every_stand_in_is_called_a_guess():
    natives = [native for channel in channels.ALL.values() for native in channel.kinds.values()]

    assert [native for native in natives if native.fit == "none" and not native.guess] == []


def test_plates_wear_their_colours_and_nothing_else():
    payload = changed("image_carousel", "columns[0].button.color", "#fff;background:url(//x)")
    payload["message"]["columns"][0]["badge"] = {"text": "NEW", "background_color": "#eb4d4b"}

    html = drawn(payload, "livechat")

    assert re.findall(r'style="([^"]*)"', html) == [
        "--plate:#eb4d4b;",
        "--plate:#24508f;--plate-line:#24508f;",
    ]


@pytest.mark.parametrize(
    ("named", "shop", "shown"),
    [("暖日選物", "", "暖日選物"), ("暖日選物", "信義店", "信義店"), ("", "", "Your shop")],
    ids=["by the setting", "by the account", "by nobody"],
)
def test_phone_says_whose_message_it_is(settings, named, shop, shown):
    settings.SHOP_NAME = named

    html = drawn(good("text"), part="_phone", shop=shop)

    assert html.count(f">{shown}<") == 2
    assert f">{shown[0]}</span>" in html


def test_shop_has_its_name_in_the_phone():
    html = drawn(good("text"), part="_phone", shop="暖日選物", clock="09:41")

    assert "暖日選物" in html
    assert ">暖</span>" in html
    assert "09:41" in html


def test_invisible_character_in_a_value_is_shown_as_such_and_not_sent():
    payload = {"type": "text", "message": "嗨 {{ name }}"}
    phone = draw(payload, channel="line", values={"name": "\u202e<王>"})

    html = render_to_string("composer/_shot.html", {"phone": phone})

    assert phone.plain_message == "嗨 <王>"
    words = "Invisible character U+202E, not sent"
    assert (
        '<span class="filled"><span class="unseen" role="img" '
        f'title="{words}" aria-label="{words}">U+202E</span>&lt;王&gt;</span>'
    ) in html
    assert "\u202e" not in html


def test_value_within_an_address_is_drawn_as_it_is_posted():
    button = {"label": "看", "type": "url", "url": "https://a.tw/?n={{ name }}&c=1"}
    payload = {"type": "button", "message": {"explain_text": "嗨", "options": [button]}}

    html = drawn(payload, values={"name": 'Li & Co "x"=1'})

    encoded = "https://a.tw/?n=Li%20%26%20Co%20%22x%22%3D1&amp;c=1"
    assert buttons(html) == [(f'data-opens="{encoded}"', "看")]
