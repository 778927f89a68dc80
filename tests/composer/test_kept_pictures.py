"""Pictures that are kept: cropped, found, shown and deleted."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from composer import kinds, pictures
from composer.models import Draft, Picture, Version
from composer.pictures import Box, InUse
from people.models import Entry
from tests.composer.messages import BODIES
from tests.composer.photos import BLUE, RED, opened, picture, take
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

PLAIN = {"type": "carousel", "message": BODIES["carousel"]}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def showing(kept):
    message = BODIES["carousel"]
    column = message["columns"][0] | {"image_url": kept.address}
    return message | {"columns": [column]}


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (Box("1", 0.25, 0, 0.5), (60, 60)),
        (Box("1.51", 0, 0, 1), (120, 79)),
        (Box("1.91", 0, 0.9, 1), (120, 63)),
        (Box("1", 0.9, 0.9, 1), (80, 80)),
        (Box("1", 0, 0, 0), (16, 16)),
    ],
    ids=["part", "card", "over the edge", "too large", "nothing"],
)
def test_crop_makes_another_picture_of_that_ratio(box, size):
    kept = take(picture(size=(120, 80)))

    part = pictures.crop(kept, box, by=None)

    assert (part.width, part.height) == size
    assert part.name == f"coat {box.ratio} : 1"
    assert opened(kept).size == (120, 80)


def test_crop_keeps_what_is_inside_the_frame():
    file = io.BytesIO()
    whole = Image.new("RGB", (100, 50), RED)
    whole.paste(BLUE, (50, 0, 100, 50))
    whole.save(file, "PNG")

    part = opened(pictures.crop(take(file.getvalue()), Box("1", 0.5, 0, 0.5), by=None))

    assert part.size == (50, 50)
    assert part.getpixel((10, 25))[2] > part.getpixel((10, 25))[0]


def test_crop_of_the_smallest_picture_is_that_picture():
    assert pictures.crop(take(picture(size=(1, 1))), Box("1.91", 1, 1, 1), by=None).width == 1


def test_address_is_absolute_below_the_public_base(settings):
    settings.PUBLIC_BASE_URL = "https://shop.example/composer"
    kept = take(picture())

    assert kept.address == f"https://shop.example/composer/media/{kept.file.name}"
    assert pictures.find(kept.address) == kept
    assert pictures.find(kept.address.replace(kept.stem, "0" * 32)) is None
    assert pictures.find("https://elsewhere.example/coat.jpg") is None


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("https://pictures.shop.example", True),
        ("https://8.8.8.8", True),
        ("http://pictures.shop.example", False),
        ("https://localhost:8000", False),
        ("https://127.0.0.1", False),
        ("https://192.168.1.9", False),
        ("https://[::1]:8000", False),
        ("https://composer", False),
        ("https://composer.local", False),
        ("", False),
    ],
)
def test_is_public_knows_what_phones_can_open(address, is_public):
    assert pictures.is_public(address) is is_public


def test_search_finds_every_word_newest_first():
    made = [take(picture(size=(9, height)), name) for height, name in enumerate(
        ["紅色 大衣.jpg", "藍色 大衣.jpg", "紅色 圍巾.jpg"], start=9
    )]  # fmt: skip

    assert list(pictures.search("大衣")) == [made[1], made[0]]
    assert list(pictures.search("紅色 大衣")) == [made[0]]
    assert list(pictures.search("%")) == []
    assert list(pictures.search("\0")) == made[::-1]


def test_uses_counts_templates_whose_latest_version_shows_it(django_assert_num_queries):
    coat, scarf = take(picture()), take(picture(colour=BLUE), "scarf.jpg")
    make_template("甲", showing(coat), kind="carousel")
    make_template("乙", showing(coat), kind="carousel")
    older = make_template("丙", showing(scarf), kind="carousel")
    Version.objects.create(
        template=older, number=2, payload={"type": "carousel", "message": showing(coat)}
    )
    make_template("一次", showing(scarf), kind="carousel", is_listed=False)

    with django_assert_num_queries(1):
        counted = pictures.uses()

    assert counted == {coat.stem: 3}


def test_delete_takes_files_and_row(django_capture_on_commit_callbacks):
    kept = take(picture())
    user = make_user()

    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete(kept, by=user)

    assert not Picture.objects.exists()
    assert default_storage.listdir("pictures")[1] == []
    assert Entry.objects.filter(verb="deleted picture", target="coat", by=user).exists()


def test_delete_refuses_what_a_version_ever_showed():
    kept = take(picture())
    template = make_template("雙十一", showing(kept), kind="carousel")
    Version.objects.create(template=template, number=2, payload=PLAIN)

    with pytest.raises(InUse, match="“雙十一” shows this picture or did once"):
        pictures.delete(kept, by=None)

    assert kept.is_stored


def test_delete_refuses_what_a_draft_shows():
    kept = take(picture())
    content = kinds.read({"type": "carousel", "message": showing(kept)}).content()
    Draft.objects.create(by=make_user(), kind="carousel", content=content)

    with pytest.raises(InUse, match="draft"):
        pictures.delete(kept, by=None)


def test_rename_tidies_the_name():
    kept = take(picture())

    pictures.rename(kept, " 秋冬\x00 大衣.v2 ", by=None)
    assert Picture.objects.get().name == "秋冬 大衣.v2"

    pictures.rename(kept, "  ", by=None)
    assert Picture.objects.get().name == "Picture"
