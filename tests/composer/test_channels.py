"""Each channel's file is whole, and its figures are the ones that were looked up."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from composer.vocabulary.channels import ALL
from composer.vocabulary.channels.channel import Limit
from composer.vocabulary.channels.figures import chars, pixels
from composer.vocabulary.checks.limits import find_unknown_keys
from tests.test_architecture import ROOT, tracked

OPTIONS = {"explain_text_max", "options_min", "options_max", "label_max", "value_max", "url_max"}
CARDS = {"alt_text_max", "columns_min", "columns_max", "action_value_max", "url_max"}
KEYS = {
    "text": {"text_max"},
    "button": OPTIONS | {"option_types"},
    "quickreply": OPTIONS | {"option_types"},
    "carousel": CARDS
    | {"title_max", "column_text_max", "column_text_max_plain", "action_label_max"}
    | {"actions_min", "actions_max", "actions_equal_count", "action_types"},
    "image_carousel": CARDS | {"button_text_max", "badge_text_max", "action_types"},
}
IMAGE = {"url_max", "max_bytes", "formats", "schemes", "max_width", "aspect_ratios"}

# u UTF-16, g graphemes, c code points, e percent-encoded, B bytes, ? unverified, – none known
FIGURES = """
                                       livechat line    facebook instagram telegram viber  wechat
text           text_max                –        5000u   2000     1000B     4096u    7000   2048B?
button         explain_text_max        –        160g    640      640       4096u    7000   1024B?
button         options_max             –        4       3        3         100?     24     10?
button         label_max               –        20c     20       20?       –        250    128B?
button         value_max               –        300c    1000     1000?     64B      –      64B?
button         url_max                 –        1000e   –        –         –        –      2048B?
quickreply     explain_text_max        –        5000u   2000?    1000B?    4096u    7000   1024B?
quickreply     options_max             –        13      13       13        –        24     10?
quickreply     label_max               –        20c     20       20        –        250    128B?
quickreply     value_max               –        300c    1000     1000?     64B      –      64B?
carousel       columns_max             –        10      10       10        –        6      1
carousel       title_max               –        40g     80       80        1024u    250    –
carousel       column_text_max         –        60g     80       80        1024u    250    –
carousel       column_text_max_plain   –        120g    80       80        4096u    250    –
carousel       actions_max             –        3       3        3         100?     3?     1
carousel       action_label_max        –        20c     20       20?       –        250    –
carousel       action_value_max        –        300c    1000     1000?     64B      –      –
carousel       alt_text_max            –        1500u   –        –         4096u    7000   2048B?
image_carousel columns_max             –        10      10       10        10       6      1
image_carousel button_text_max         –        12c     20       20?       –        250    –
"""
SUFFIXES = {"utf16": "u", "grapheme": "g", "codepoint": "c", "encoded": "e", "byte": "B"}


def shown(limit: Limit) -> str:
    if limit.value is None:
        return "–"
    return f"{limit.value}{SUFFIXES.get(limit.unit, '')}{'' if limit.is_documented else '?'}"


@pytest.mark.parametrize("slug", ALL)
def test_a_channel_says_what_becomes_of_every_kind(slug):
    channel = ALL[slug]

    some = {"message_max_bytes", "flex_max_bytes", "link_endings_refused"}
    keys = {kind: set(native.limits) - some for kind, native in _kinds(channel)}

    assert keys == KEYS
    # What Telegram says of the width is of the height as well.
    assert set(channel.image) - {"image_max_sides"} == {f"image_{name}" for name in IMAGE}
    assert {"http", "https"} <= set(channel.link_schemes)
    assert re.fullmatch(r"App\\\w+Contact", channel.contactable_type)


@pytest.mark.parametrize("slug", ALL)
def test_a_documented_figure_names_its_source(slug):
    channel = ALL[slug]
    limits = [limit for _kind, native in _kinds(channel) for limit in native.limits.values()]

    nameless = [
        limit
        for limit in [*limits, *channel.image.values()]
        if limit.is_documented and not limit.source
    ]

    assert nameless == []


@pytest.mark.parametrize("row", FIGURES.strip().splitlines()[1:], ids=lambda row: row[:38])
def test_figures_are_those_that_were_looked_up(row):
    kind, key, *figures = row.split()
    slugs = FIGURES.split()[: len(ALL)]

    assert [shown(ALL[slug].kinds[kind].limits[key]) for slug in slugs] == figures


def test_line_opens_four_sorts_of_links_and_says_where_that_is_written():
    schemes = {name: scheme.status for name, scheme in ALL["line"].link_schemes.items()}

    assert schemes == dict.fromkeys(["http", "https", "line", "tel"], "documented")


def test_channels_come_in_the_order_people_see_them():
    assert list(ALL) == [
        "line",
        "facebook",
        "instagram",
        "telegram",
        "viber",
        "wechat",
        "livechat",
    ]


def _kinds(channel):
    return channel.kinds.items()


def with_limits(channel, **limits):
    text = replace(channel.kinds["text"], limits={**channel.kinds["text"].limits, **limits})
    return replace(channel, kinds={**channel.kinds, "text": text})


@pytest.mark.parametrize("slug", ALL)
def test_every_limit_is_known_to_a_rule(slug):
    assert list(find_unknown_keys(ALL[slug])) == []


def test_unknown_limit_is_found_with_its_kind():
    channel = with_limits(ALL["line"], text_maximum=chars(5))
    image = {**channel.image, "image_max_height": pixels(5), "text_max": chars(5)}

    assert list(find_unknown_keys(channel)) == [("text", "text_maximum")]
    assert list(find_unknown_keys(replace(channel, image=image))) == [
        ("text", "text_maximum"),
        ("image", "image_max_height"),
    ]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('"text_max": chars(300', "Channel postcard, text: no rule knows the limit “text_maks”."),
        ('"text": Native', "Channel postcard: no kind is called “texts”."),
    ],
)
def test_nothing_starts_with_an_unknown_limit_or_kind(tmp_path, written, line):
    for name in tracked():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    recipe = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    file = recipe.split("`composer/vocabulary/channels/postcard.py`:\n\n```python\n")[1]
    wrong = {'"text_max"': '"text_maks"', '"text"': '"texts"'}
    old = written.partition(":")[0]
    (tmp_path / "composer/vocabulary/channels/postcard.py").write_text(
        file.split("```")[0].replace(old, wrong[old], 1), encoding="utf-8"
    )

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=tmp_path,
        env={"PATH": "", "ENV_FILE": "", "DATA_DIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
    )

    assert (done.returncode, done.stderr) == (2, f"{line}\n")
