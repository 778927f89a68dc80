"""One set of templates and style sheets draws every channel: nothing but its own file names it."""

import re
from pathlib import Path

import pytest

from composer import looks
from composer.vocabulary import channels

HOME = Path(__file__).resolve().parents[2]
PLACES = {
    "templates": ("templates/composer/**/*.html", "templates/components/**/*.html"),
    "sheets": ("static/css/*.css",),
    "scripts": ("static/js/*.js",),
    "drawing": ("composer/*.py", "composer/templatetags/*.py", "composer/views/*.py"),
}
# `line` is also a word of these languages: the channel is a whole string, and no key.
NAMED = re.compile(
    "|".join(
        rf"\b{slug}\b" if slug != "line" else rf"""["']{slug}["'](?!:)""" for slug in channels.ALL
    )
)
PHONE = HOME / "static/css/tokens.css"


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_draws_names_a_channel(place):
    files = [file for pattern in PLACES[place] for file in HOME.glob(pattern)]

    naming = [
        f"{file.relative_to(HOME)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if NAMED.search(line)
    ]

    assert files
    assert naming == []


@pytest.mark.parametrize("slug", channels.ALL)
def test_a_channel_changes_only_what_every_phone_has(slug):
    every = set(re.findall(r"^  --([a-z0-9-]+):", PHONE.read_text(), re.MULTILINE))

    assert set(channels.ALL[slug].look) - {"dot-color"} - every == set()


@pytest.mark.parametrize(
    ("slug", "name", "kind"),
    [
        ("line", "picture-ratio", "carousel"),
        ("line", "square-ratio", "image_carousel"),
        ("facebook", "picture-ratio", "carousel"),
    ],
)
def test_pictures_have_the_shape_that_is_documented(slug, name, kind):
    channel = channels.ALL[slug]
    usual = dict(re.findall(r"^  --([a-z-]+-ratio): (.+);", PHONE.read_text(), re.MULTILINE))

    drawn = channel.look.get(name, usual[name])

    assert channel.image["image_aspect_ratios"].value[kind][0] == (float(drawn), 1)


def test_a_rule_for_small_phones_outweighs_the_channels_own():
    """The generated sheet comes last, so what a size decides needs two selectors."""
    sizes = re.findall(r"^(\.phone\S*) \{", PHONE.read_text(), re.MULTILINE)

    assert [size for size in sizes if size == ".phone"] == [".phone"]
    assert all(size.startswith((".phone[", ".phone:is(")) for size in sizes[1:])
    assert '[data-channel="line"] {' in looks.sheet()
