"""Each channel's figures of a picture's file, one row each, just right and just past it.

A table of the platforms' own facts, as those beside it: it proves the channels' files.
"""

import pytest

from composer import checking, matrix
from composer.vocabulary import message, notices
from composer.vocabulary.channels import ALL
from composer.vocabulary.notices import Picture, Reading
from tests.composer.messages import CARD, PICTURE, changed, good
from tests.composer.test_figures import STATUS, table

PATH = "columns[0].image_url"


def said_of(file, kind, slug, rule, *, address=PICTURE, format="jpeg"):
    width, height, weight = map(int, file.split("×"))
    known = {address: Picture(weight, width, height, format)}
    payload = good(kind)
    payload["message"]["columns"][0]["image_url"] = address
    found = notices.check(payload, channels=[ALL[slug]], pictures=known)
    return [notice for notice in found if notice.channel == slug and notice.rule == rule]


@pytest.mark.parametrize("row", table("pictures"))
def test_a_picture_is_too_much_from_just_past_the_figure(row):
    slug, kind, rule, unit, level, limit, *examples = row
    if level == "silent":
        for hopeless in ("9000×9000×99999999", "9000×3×1"):
            assert said_of(hopeless, kind, slug, rule) == []
        return

    right, past, actual = examples

    assert said_of(right, kind, slug, rule) == []
    (said,) = said_of(past, kind, slug, rule)
    assert (said.level, said.path, said.unit, said.status) == (level, PATH, unit, STATUS[level])
    assert (said.source, bool(said.source)) == (ALL[slug].image[rule].source, True)
    bounds = said.limit if isinstance(said.limit, list) else [said.limit]
    assert (",".join(map(str, bounds)), str(said.actual)) == (limit, actual)
    assert said.text % said.params


def test_every_figure_of_a_file_has_its_row():
    elsewhere = {"image_url_max", "image_formats", "image_schemes"}
    figures = {
        (slug, kind, rule)
        for slug, channel in ALL.items()
        for kind in ("carousel", "image_carousel")
        for rule in {*channel.image, "image_max_sides"} - elsewhere
    }

    assert {tuple(row.values[0][:3]) for row in table("pictures")} == figures


SENTENCES = {
    "viber image_max_bytes 800×400×512001": (
        "Viber shows no picture over 500 KB; this one has 501 KB."
    ),
    "telegram image_max_bytes 9×9×5242881": (
        "Telegram shows no picture over 5 MB; this one has 5.1 MB."
    ),
    "line image_max_width 2048×2048×9": (
        "LINE shows pictures up to 1,024 pixels wide; this one has 2,048."
    ),
    "facebook image_aspect_ratios 1024×678×9": (
        "Messenger shows pictures of 1.91:1 / 1:1 here; this one is 1.51:1:"
        " at least 21 % of it is cut off."
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_it_is_said_in_words_what_the_customer_loses(case):
    slug, rule, file = case.split()

    (said,) = said_of(file, "carousel", slug, rule)

    assert checking.sentence(said) == SENTENCES[case]


def test_the_format_of_a_file_is_known_whatever_its_address_ends_in():
    bare = "https://img.nuanri.tw/pictures/1"

    (said,) = said_of("9×9×9", "carousel", "line", "image_formats", address=bare, format="gif")

    assert (said.path, said.actual, said.limit) == (PATH, "gif", ["jpeg", "png"])
    assert said_of("9×9×9", "carousel", "line", "image_formats", address=bare) == []


def test_of_a_picture_that_lies_elsewhere_nothing_is_said():
    known = {"https://other.tw/a.jpg": Picture(99_999_999, 9000, 3, "gif")}

    assert notices.check(good("carousel"), pictures=known) == notices.check(good("carousel"))


@pytest.mark.parametrize(
    ("file", "gist"),
    [("1024×512×9", "pictures may lose their edges"), ("1025×1025×9", "not every picture appears")],
)
def test_the_gist_names_what_becomes_of_the_pictures(file, gist):
    width, height, weight = map(int, file.split("×"))
    known = {PICTURE: Picture(weight, width, height, "jpeg")}

    found = notices.check(good("carousel"), channels=[ALL["line"]], pictures=known)

    assert notices.verdict(found, ALL["line"], "carousel") == "loses"
    assert notices.gist(found, ALL["line"], "carousel") == gist


def test_pictures_that_are_alike_are_spoken_of_together():
    names = ("wide", "other", "wide-too", "tall", "right")
    sizes = [(1000, 500), (1510, 1000), (800, 400), (500, 1000), (1024, 1024)]
    addresses = [f"https://img.nuanri.tw/{name}.jpg" for name in names]
    known = {at: Picture(9, *size, "jpeg") for at, size in zip(addresses, sizes, strict=True)}
    payload = changed("carousel", "columns", [{**CARD, "image_url": at} for at in addresses])

    line = ALL["line"]
    found = notices.check(payload, channels=[line], pictures=known)
    said = [notice for notice in found if notice.rule == "image_aspect_ratios"]

    assert [(notice.path, notice.actual, notice.also) for notice in said] == [
        ("columns[0].image_url", "2:1", ("columns[2].image_url",)),
        ("columns[3].image_url", "0.5:1", ()),
    ]
    first = checking.findings(said, "carousel")[0]
    assert first.sentence.startswith("Card 1 and 1 more: LINE shows pictures")
    rows = matrix.parts(payload, said, Reading(message.read(payload), {}, known))
    verdicts = [part.cells[list(ALL).index("line")].verdict for part in rows]
    assert verdicts == ["as-is", "loses", "as-is", "loses", "loses", "as-is"]
