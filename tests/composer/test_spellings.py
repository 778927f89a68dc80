"""Placeholders as other tools spell them: said, with the right spelling and the press for it."""

import pytest

from composer import kinds
from composer.vocabulary import fixes, notices, placeholders
from tests.composer.messages import changed

RULES = {"malformed_placeholder", "unsupported_placeholder"}


def found(text, known=None, path="message"):
    payload = changed("text" if path == "message" else "button", path, text)
    content = kinds.read(payload).content()
    said = [each for each in notices.check(payload, [], known=known) if each.rule in RULES]
    fixed = [fixes.fix(each, content) for each in said]
    return [(each.rule, each.actual) for each in said], [fix and fix.edits for fix in fixed]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('{{ name|default:"there" }}', "{{ name | there }}"),
        ("{{ name | default: '親愛的 顧客' }}", "{{ name | 親愛的 顧客 }}"),
        ('{{ name|default("x") }}', "{{ name | x }}"),
        ('{{ name | default_if_none:"" }}', "{{ name }}"),
        ("{{ name || friend }}", "{{ name | friend }}"),
        ('{{ name ?? "friend" }}', "{{ name | friend }}"),
        ('{{ name or "friend" }}', "{{ name | friend }}"),
        ('{{ name | "貴賓" }}', "{{ name | 貴賓 }}"),
        ("{{ name | upper }}", "{{ name }}"),
        ('{{ day | date: "%d" }}', "{{ day }}"),
        ("{{{ name }}}", "{{ name }}"),
        ("{{{{name}}}}", "{{ name }}"),
        ("{{&name}}", "{{ name }}"),
        ("｛｛name｝｝", "{{ name }}"),
        ("｛｛ 姓名 ｜ 貴賓 ｝｝".replace("｜", "|"), "{{ 姓名 | 貴賓 }}"),
        ("{{ first name }}", "{{ first_name }}"),
        ("{{ first name | friend }}", "{{ first_name | friend }}"),
        ("{{name", "{{ name }}"),
        ("{{ name }", "{{ name }}"),
        ("{ name }}", "{{ name }}"),
        ("{name}", "{{ name }}"),
        ("｛姓名｝", "{{ 姓名 }}"),
        ("${name}", "{{ name }}"),
        ("#{name}", "{{ name }}"),
        ("{$name}", "{{ name }}"),
        ("<%= name %>", "{{ name }}"),
        ("*|FNAME|*", "{{ name }}"),
        ("*|COUPON|*", "{{ COUPON }}"),
        ("((name))", "{{ name }}"),
        ("（（姓名））", "{{ 姓名 }}"),
        ("[name]", "{{ name }}"),
        ("[[姓名]]", "{{ 姓名 }}"),
        ("<<name>>", "{{ name }}"),
        ("«name»", "{{ name }}"),
        ("%name%", "{{ name }}"),
        ("%%name%%", "{{ name }}"),
        ("__name__", "{{ name }}"),
    ],
)
def test_foreign_spelling_is_said_and_respelled(text, right):
    around = f"嗨 {text} 您好"

    assert found(around) == (
        [("malformed_placeholder", text)],
        [(("message", f"嗨 {right} 您好"),)],
    )
    assert found(f"嗨 {right} 您好") == ([], [])
    assert len(placeholders.used(right)) == 1


def test_all_of_a_text_are_said_at_once_and_in_any_field():
    text = 'Hi {{ name|default:"there" }} {{ name || friend }} {{{ name }}}'

    for path in ("message", "explain_text", "options[0].label"):
        assert found(text, path=path) == (
            [
                (
                    "malformed_placeholder",
                    '{{ name|default:"there" }}, {{ name || friend }}, {{{ name }}}',
                )
            ],
            [((path, "Hi {{ name | there }} {{ name | friend }} {{ name }}"),)],
        )


@pytest.mark.parametrize(
    "text",
    ["{% if vip %}", "{{#if vip}}", "{{/if}}", "{{^vip}}", "*|IF:VIP|*", "<% if x %>"],
)
def test_what_there_is_nothing_like_is_said_without_a_press(text):
    assert found(f"嗨 {text}") == ([("unsupported_placeholder", text)], [None])


def test_signs_that_decorate_count_only_around_names_that_contacts_have():
    text = "[券] ((券)) <<券>> %券%"

    assert found(text) == ([], [])
    assert found(text, known={"券"}) == (
        [("malformed_placeholder", "[券], ((券)), <<券>>, %券%")],
        [(("message", "{{ 券 }} {{ 券 }} {{ 券 }} {{ 券 }}"),)],
    )


def test_name_is_spelled_as_contacts_have_it():
    assert found("{{ first name }}", known={"First-Name"})[1] == [
        (("message", "{{ First-Name }}"),)
    ]
    assert found("{{ first name }}", known={"name"})[1] == [(("message", "{{ name }}"),)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ name }} {{name|貴賓}} {{ 門市.名稱 | a b }} {{ name | }}",
        "[限時] ((買一送一)) <<特價>> 【姓名】 《姓名》 (name) <name>",
        "100% 折 50%off 20% 30%",
        '{"a": 1} {1} { } a_b __ *|*',
        "f(x) = {x | x > 0}",
        "https://a.tw/%E5%AD%97?a[]=1&b[0]=2",
    ],
)
def test_other_text_is_left_in_peace(text):
    assert found(text) == ([], [])


def test_long_text_costs_little():
    for text in ("{{ a", "[", "%", "{{{", "((", "*|a", "{{ a |", "<<", "__a", "{% "):
        found(text * (20_000 // len(text)))
