"""What the checker learns of pictures that this product keeps, and what it costs to ask."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from composer import known_pictures, pictures
from composer.composing import Shown
from composer.forms.nested import flat
from composer.vocabulary.picture import Picture
from people import rights
from tests.composer.messages import CARD, changed
from tests.makers import make_user

BASE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT, settings.PUBLIC_BASE_URL = tmp_path, BASE
    monkeypatch.setattr(known_pictures, "_known", {})


def made(width, height, mode="RGB"):
    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, "PNG")
    return pictures.take(SimpleUploadedFile("a.png", file.getvalue()), by=None)


def showing(*addresses):
    return changed("carousel", "columns", [{**CARD, "image_url": each} for each in addresses])


@pytest.mark.django_db
def test_of_tells_bytes_size_and_format_of_our_own(django_assert_num_queries):
    opaque, clear = made(600, 400), made(30, 20, "RGBA")

    with django_assert_num_queries(1):
        known = known_pictures.of(showing(opaque.address, clear.address, opaque.address))

    assert known == {
        opaque.address: Picture(opaque.bytes, 600, 400, "jpeg"),
        clear.address: Picture(clear.bytes, 30, 20, "png"),
    }


@pytest.mark.django_db
def test_of_asks_once_and_then_never_again(django_assert_num_queries):
    kept = made(600, 400)
    first = known_pictures.of(showing(kept.address))

    with django_assert_num_queries(0):
        assert known_pictures.of(showing(kept.address)) == first


@pytest.mark.django_db
def test_of_finds_a_picture_that_came_after_it_was_asked_for():
    later = made(600, 400)
    address = later.address
    later.delete()
    assert known_pictures.of(showing(address)) == {}

    later.save()

    assert known_pictures.of(showing(address)) == {address: Picture(later.bytes, 600, 400, "jpeg")}


@pytest.mark.parametrize(
    "address",
    [
        "https://img.nuanri.tw/coat.jpg",
        f"{BASE}/media/pictures/coat.jpg",
        f"{BASE}/media/pictures/{'0' * 32}-small.jpg",
        f"{BASE}/media/pictures/{'0' * 32}.jpg?width=80",
        f"{BASE}/static/demo/../../manage.py",
        f"{BASE}/static/demo/no-such-thing.jpg",
        f"{BASE}/static/demo/{'a' * 300}.jpg",
        "https://elsewhere.tw/static/demo/tote.jpg",
        "",
        "\0",
        "{{ picture }}",
    ],
)
def test_of_neither_knows_nor_asks_of_others(django_assert_num_queries, db, address):
    with django_assert_num_queries(0):
        assert known_pictures.of(showing(address)) == {}


@pytest.mark.parametrize("kind", ["text", "button"])
def test_of_knows_nothing_where_there_are_no_cards(kind):
    assert known_pictures.of(changed(kind, "message", {"text": "好"})) == {}
    assert known_pictures.of({"type": "text", "message": "好"}) == {}


def test_of_knows_the_pictures_of_the_starter_templates():
    address = f"{BASE}/static/demo/tote.jpg"

    assert known_pictures.of(showing(address)) == {address: Picture(33_663, 1024, 678, "jpeg")}


def test_of_keeps_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(known_pictures, "MOST", 1)
    names = ("tote", "gift", "parcel")

    for name in names:
        assert known_pictures.of(showing(f"{BASE}/static/demo/{name}.jpg"))

    assert len(known_pictures._known) <= 2


@pytest.mark.django_db
def test_the_preview_says_what_becomes_of_an_uploaded_picture(client):
    kept = made(1024, 512)
    client.force_login(make_user(rights=[rights.WRITE]))
    posted = flat(showing(kept.address)["message"]) | {"channel": "viber"}

    page = client.post(reverse("compose_preview", args=["carousel"]), posted).getvalue().decode()

    assert (
        "LINE shows pictures of 1.51:1 / 1:1 here; this one is 2:1:"
        " at least 24 % of it is cut off." in page
    )
    assert "Viber shows pictures" not in page


def test_what_nobody_has_verified_of_a_picture_is_a_hint_and_says_so():
    content = showing(f"{BASE}/static/demo/tote.jpg")["message"]

    groups = {group.channel: group for group in Shown("carousel", content).said}

    (viber,) = [each for each in groups["viber"].findings if each.rule == "image_aspect_ratios"]
    assert (viber.level, viber.is_unverified) == ("hint", True)
    assert viber.field == "columns-0-image_url"
    assert [each.rule for each in groups["line"].findings] == []
