"""What is wrong with an address though it begins like one, and the press that puts it right."""

import pytest

from composer import kinds
from composer.vocabulary import fixes, notices
from tests.composer.messages import changed

OPTION = {"label": "看", "type": "url"}


def linked(url):
    return changed("button", "options[0]", OPTION | {"url": url})


def found(payload, **how):
    """Each notice with the text that its press makes."""
    content = kinds.read(payload).content()
    values = how.get("values")
    said = []
    for notice in notices.check(payload, channels=[], **how):
        fix = fixes.fix(notice, content, values=values)
        said.append((notice.level, notice.rule, notice.actual, fix and dict(fix.edits)))
    return said


@pytest.mark.parametrize(
    ("url", "rule", "part", "right"),
    [
        ("https://a.tw/?a=1&amp;b=2", "html_entity", "&amp;", "https://a.tw/?a=1&b=2"),
        ("https://a.tw/?a=1&#38;b&AMP;c", "html_entity", "&#38;", "https://a.tw/?a=1&b&c"),
        ("https://a.tw/?q=&quot;x&quot;", "html_entity", "&quot;", 'https://a.tw/?q="x"'),
        ("https://a.tw/\u200bsale", "invisible_in_address", "U+200B", "https://a.tw/sale"),
        ("https://a.tw/\u202eexe.gpj", "invisible_in_address", "U+202E", "https://a.tw/exe.gpj"),
        ("https://a.tw/\ufeff\u2060", "invisible_in_address", "U+FEFF U+2060", "https://a.tw/"),
        ("https://a.tw/%zz", "lone_percent", "%zz", "https://a.tw/%25zz"),
        ("https://a.tw/100%", "lone_percent", "%", "https://a.tw/100%25"),
        ("https://a.tw/50%off%E4", "lone_percent", "%of", "https://a.tw/50%25off%E4"),
        ("https://a.tw\\evil.tw/", "backslash_in_address", "\\", "https://a.tw/evil.tw/"),
        ("https://ａ．ｔｗ/ｘ", "unusual_host", "a.tw", "https://a.tw/ｘ"),
        ("https://192.168.1.4/", "local_link", "192.168.1.4", None),
        ("https://10.0.0.1:8000/", "local_link", "10.0.0.1", None),
        ("https://localhost/", "local_link", "localhost", None),
        ("https://intranet/", "local_link", "intranet", None),
        ("https://[fd00::1]/", "local_link", "fd00::1", None),
        ("https://2130706433/", "local_link", "2130706433", None),
        ("https://0x7f.0.0.1/", "local_link", "0x7f.0.0.1", None),
        ("https://127.1/", "local_link", "127.1", None),
    ],
)
def test_address_is_said_to_be_wrong_and_put_right(url, rule, part, right):
    said = [each for each in found(linked(url)) if each[1] not in {"malformed_link"}]

    assert said == [("warning", rule, part, {"options[0].url": right} if right else None)]


def test_full_width_digits_of_a_private_host_are_both_said():
    assert [each[1:3] for each in found(linked("https://１９２.168.１.4/"))] == [
        ("unusual_host", "192.168.1.4"),
        ("local_link", "192.168.1.4"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.tw/?a=1&b=2&ampere=3;",
        "https://a.tw/%E5%AD%97?x=%20",
        "https://中文.tw/路徑",
        "https://8.8.8.8/",
        "https://a.tw/👩‍👩‍👧",
        "https://a.tw/?n={{ name }}&c={{ city | New Taipei }}",
        "{{ link }}",
    ],
)
def test_good_address_is_left_in_peace(url):
    assert found(linked(url)) == []
    assert found(linked(url), values={"name": "100% &amp; \u202e", "link": "https://a.tw/"}) == []


def test_value_that_is_the_whole_address_is_judged_and_has_no_press():
    said = found(linked("{{ link }}"), values={"link": "https://a.tw/?a&amp;b"})

    assert said == [("warning", "html_entity", "&amp;", None)]


@pytest.mark.parametrize(
    ("text", "rule", "right"),
    [
        ("A &amp; B", "html_entity", "A & B"),
        ("5&nbsp;折 &lt;限時&gt;", "html_entity", "5 折 <限時>"),
        ("看 https://a.tw/?a&amp;b 喔", "html_entity", "看 https://a.tw/?a&b 喔"),
        ("看 https://a.tw/\u200bx 喔", "invisible_in_address", "看 https://a.tw/x 喔"),
    ],
)
def test_text_is_put_right_as_well(text, rule, right):
    assert [(each[1], each[3]) for each in found(changed("text", "message", text))] == [
        (rule, {"message": right})
    ]


@pytest.mark.parametrize("text", ["A & B; C", "R&D;", "&amp", "a\u200bb", "50% &c."])
def test_other_text_is_left_in_peace(text):
    assert found(changed("text", "message", text)) == []


@pytest.mark.parametrize(
    "name",
    ["https://evil.tw/x", "王 www.evil.tw", "加LINE evil.com/a 領獎", "EVIL.XYZ", "a.b.shop",
     "e\u200bvil.com", "HTTP://a"],
)  # fmt: skip
def test_link_in_a_contacts_name_is_said(name):
    payload = changed("text", "message", "嗨 {{ 姓名 | 貴賓 }}")
    values = {"name": name}

    said = [(each.level, each.rule) for each in notices.check(payload, [], values=values)]

    assert said == [("warning", "link_in_name")]


@pytest.mark.parametrize(
    "name", ["王小明", "J.R. Smith", "Dr.Lin", "a.b", "3.5", "St. Commander", "me@a.comx", "no.1"]
)
def test_name_without_a_link_is_left_in_peace(name):
    payload = changed("text", "message", "嗨 {{ name }}")

    assert notices.check(payload, [], values={"name": name}) == []


def test_link_in_another_value_is_what_values_are_for():
    payload = changed("text", "message", "嗨 {{ order }}")

    assert notices.check(payload, [], values={"name": "a.com", "order": "https://a.tw/1"}) == []
