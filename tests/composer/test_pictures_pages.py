"""The pages of the pictures and the files themselves, asked over HTTP."""

import io
import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from composer import pictures
from composer.models import Picture
from people import rights
from tests.composer.messages import BODIES
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

PAGES = ["pictures", "picture_shelf", "picture_crop"]
DEEDS = ["pictures", "picture_crop", "picture_rename", "picture_delete"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client):
    client.force_login(make_user("佩珊", [rights.WRITE, rights.MANAGE_PICTURES]))
    return client


def coat(name="coat.jpg", size=(60, 40)):
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


def made(name="coat.jpg", size=(60, 40)):
    return pictures.take(coat(name, size), by=None)


def address_of(name):
    return reverse(name, args=[1] if name in {"picture_rename", "picture_delete"} else [])


def test_upload_answers_with_the_address(staff):
    answer = staff.post("/pictures/", {"file": coat("<b>.jpg")})

    kept = Picture.objects.get()
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger-After-Swap"]) == {"taken": {"address": kept.address}}
    assert kept.address == f"http://127.0.0.1:8000/media/{kept.file.name}"
    assert (kept.name, kept.by.username) == ("<b>", "佩珊")


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ({}, "Choose a picture."),
        ({"file": "words"}, "Choose a picture."),
        ({"file": SimpleUploadedFile("a.jpg", b"<script>")}, "This is not a picture"),
        ({"file": SimpleUploadedFile("a.jpg", b"")}, "The file is empty."),
    ],
    ids=["nothing", "words", "no picture", "empty"],
)
def test_upload_says_what_is_wrong(staff, posted, reason):
    answer = staff.post("/pictures/", posted)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert "HX-Trigger-After-Swap" not in answer


def test_upload_says_when_the_storage_fails(staff, settings, tmp_path):
    (tmp_path / "a file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "a file"

    answer = staff.post("/pictures/", {"file": coat()})

    assert (answer.status_code, Picture.objects.count()) == (422, 0)
    assert "The storage of pictures failed" in answer.content.decode()


def test_upload_waits_for_a_public_address(staff, settings):
    settings.PUBLIC_BASE_URL = ""

    answer = staff.post("/pictures/", {"file": coat()})

    assert answer.status_code == 422
    assert "an administrator must set PUBLIC_BASE_URL" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_for_sign_in_and_the_right(client, name):
    assert client.get(address_of(name)).status_code == 302
    client.force_login(make_user("志豪"))
    assert client.get(address_of(name)).status_code == 403


@pytest.mark.parametrize("name", DEEDS)
def test_deeds_ask_for_sign_in_and_the_right(client, name):
    made()
    assert client.post(address_of(name), {"file": coat()})["Location"].startswith("/accounts/")
    client.force_login(make_user("志豪"))
    assert client.post(address_of(name), {"file": coat()}).status_code == 403
    assert Picture.objects.count() == 1


def test_file_is_there_for_everybody_and_for_ever(client):
    kept = made()

    answer = client.get(f"/media/{kept.file.name}")

    with kept.file.open() as file:
        assert b"".join(answer.streaming_content) == file.read()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(f"/media/{kept.file.name}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.head(f"/media/{kept.small.name}").status_code == 200
    assert client.post(f"/media/{kept.file.name}").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/pictures/",
        "/media/secret.jpg",
        f"/media/pictures/{'0' * 32}.jpg",
        f"/media/pictures/{'0' * 32}.html",
        "/media/pictures/../secret.jpg",
        "/media/pictures/%2e%2e/secret.jpg",
        "/media/pictures/%00.jpg",
    ],
)
def test_file_gives_pictures_and_nothing_else(client, tmp_path, path):
    (tmp_path / "secret.jpg").write_text("secret")

    assert client.get(path).status_code == 404


def test_wall_shows_names_uses_and_what_to_do(staff):
    kept = made("<b>大衣.jpg")
    column = BODIES["carousel"]["columns"][0] | {"image_url": kept.address}
    make_template("甲", BODIES["carousel"] | {"columns": [column]}, kind="carousel")

    page = staff.get("/pictures/").content.decode()

    assert "&lt;b&gt;大衣" in page
    assert "In 1 template" in page
    assert kept.small.url in page
    assert "<html" in page
    assert "<html" not in staff.get("/pictures/", headers={"HX-Request": "true"}).content.decode()


def test_wall_costs_the_same_for_three_pictures(staff, django_assert_num_queries):
    made()
    staff.get("/pictures/")
    with django_assert_num_queries(6):
        staff.get("/pictures/")
    made(size=(9, 9))
    made(size=(8, 8))

    with django_assert_num_queries(6):
        staff.get("/pictures/")


@pytest.mark.parametrize(
    ("words", "count"), [("大衣", 1), ("大衣 圍巾", 0), ("%", 0), ("", 2), ("x" * 5000, 0)]
)
def test_search_narrows_wall_and_shelf(staff, words, count):
    made("大衣.jpg")
    made("圍巾.jpg", size=(9, 9))

    for path in ("/pictures/", "/pictures/shelf/"):
        assert staff.get(path, {"q": words}).context["page"].paginator.count == count


def test_shelf_pages_through_and_bears_nonsense(staff):
    for height in range(1, 15):
        made(size=(9, height))

    first = staff.get("/pictures/shelf/").context["page"]
    second = staff.get("/pictures/shelf/", {"page": "2", "ratio": "<b>"}).context["page"]
    last = staff.get("/pictures/shelf/", {"page": "x"}).context["page"]

    assert ([len(first), len(second), last.number]) == ([12, 2, 1])


@pytest.mark.parametrize(
    ("base", "is_warned"), [("http://127.0.0.1:8000", True), ("https://shop.example", False)]
)
def test_warning_when_phones_cannot_open_pictures(staff, settings, base, is_warned):
    settings.PUBLIC_BASE_URL = base
    settings.ALLOWED_HOSTS = ["testserver"]

    for path in ("/pictures/", "/pictures/shelf/"):
        page = staff.get(path).content.decode()
        assert ("cannot open pictures kept at" in page) is is_warned


def test_crop_shows_the_frame_and_makes_the_part(staff):
    kept = made(size=(900, 600))

    shown = staff.get("/pictures/crop/", {"of": kept.address, "ratio": "1"}).content.decode()
    box = {"ratio": "1", "left": "0.25", "top": "0", "width": "0.5"}
    answer = staff.post("/pictures/crop/", {"of": kept.address, **box})

    assert 'data-width="900" data-height="600"' in shown
    part = Picture.objects.first()
    assert (part.width, part.height) == (450, 450)
    assert json.loads(answer["HX-Trigger-After-Swap"])["taken"]["address"] == part.address


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"ratio": "2"}, "Choose the part"),
        ({"left": "nan"}, "Choose the part"),
        ({"top": "-1"}, "Choose the part"),
        ({"width": "1e9"}, "Choose the part"),
        ({"width": ""}, "Choose the part"),
        ({"of": "https://elsewhere.example/a.jpg"}, "not in the library any more"),
        ({"of": "\0"}, "not in the library any more"),
    ],
)
def test_crop_refuses_what_is_no_part_of_a_picture(staff, changed, reason):
    posted = {"of": made().address, "ratio": "1", "left": "0", "top": "0", "width": "1"} | changed

    answer = staff.post("/pictures/crop/", posted)

    assert (answer.status_code, Picture.objects.count()) == (422, 1)
    assert reason in answer.content.decode()


def test_rename_keeps_the_new_name(staff):
    kept = made()

    assert staff.post(f"/pictures/{kept.pk}/name/", {"name": "冬季 大衣"}).status_code == 204
    assert Picture.objects.get().name == "冬季 大衣"
    assert staff.post("/pictures/0/name/", {"name": "x"}).status_code == 404


def test_delete_explains_or_takes_it_away(staff, django_capture_on_commit_callbacks):
    kept = made()
    column = BODIES["carousel"]["columns"][0] | {"image_url": kept.address}
    used = make_template("甲", BODIES["carousel"] | {"columns": [column]}, kind="carousel")
    free = made("free.jpg", size=(9, 9))

    refused = staff.post(f"/pictures/{kept.pk}/delete/")
    with django_capture_on_commit_callbacks(execute=True):
        deleted = staff.post(f"/pictures/{free.pk}/delete/")

    assert (refused.status_code, deleted.status_code) == (422, 200)
    assert f"“{used.name}” shows this picture" in refused.content.decode()
    assert deleted["HX-Trigger-After-Swap"] == "deleted"
    assert list(Picture.objects.all()) == [kept]
    assert not default_storage.exists(free.file.name)


@pytest.mark.parametrize("kind", ["carousel", "image_carousel"])
def test_compose_page_has_the_ways_to_a_picture(staff, kind):
    page = staff.get(f"/compose/{kind}/").content.decode()

    card, blank = page.split("<template data-blank=")[:2]
    assert (card.count("data-thumb"), blank.count("data-thumb")) == (1, 1)
    assert 'data-shelf="/pictures/shelf/"' in page
    assert f'data-most="{pictures.LARGEST}"' in page


def test_library_leads_to_the_pictures(staff):
    assert 'href="/pictures/"' in staff.get("/library/").content.decode()


def test_the_dialog_of_a_picture_that_is_gone_can_be_closed(staff):
    kept = made()
    address = kept.address
    pictures.delete(kept, by=None)

    answer = staff.get("/pictures/crop/", {"of": address})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "not in the library any more" in shown
    assert '<button class="btn" type="button" data-shut autofocus>Close</button>' in shown
