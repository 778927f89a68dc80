"""Pictures: what is taken in, and what it becomes."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from composer import imaging, pictures
from composer.imaging import NotAPicture
from composer.models import Picture
from people.models import Entry
from tests.composer.photos import BLUE, RED, noise, opened, picture, take, upload

pytestmark = pytest.mark.django_db

WHERE = {0x0110: "Camera", 0x010E: "Home of 小明"}
GPS = {1: "N", 2: (25.0, 2.0, 0.0)}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png_header(width, height):
    """A PNG that says how large it is, and holds next to nothing."""
    says = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", says), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"not a picture", "This is not a picture that we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a picture that we can read"),
        (b"<!doctype html><script>alert(1)</script>", "This is not a picture that we can read"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC photo. Save it as JPEG"),
        (b"\0\0\0\x18ftypheix\0\0\0\0mif1heix", "This is a HEIC photo. Save it as JPEG"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "This AVIF picture cannot be read"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "This is a video"),
        (picture()[:-40], "damaged or cut off"),
        (noise(size=(90, 90))[:-900], "damaged or cut off"),
        (png_header(30_000, 30_000), "too many pixels: 50 million at most"),
        (png_header(8_000, 8_000), "too many pixels: 50 million at most"),
        (png_header(0, 0), "This is not a picture that we can read"),
        (picture("BMP"), "This is not a picture that we can read"),
        (picture("TIFF"), "This is not a picture that we can read"),
        (picture() + bytes(10 * 2**20), "10 MB at most; this file has 11 MB."),
    ],
    ids=[
        "empty", "text", "svg", "html", "heic", "heix", "avif", "video", "cut JPEG", "cut PNG",
        "bomb", "large", "no size",
        "BMP", "TIFF", "too many bytes",
    ],
)  # fmt: skip
def test_take_says_why_a_file_is_no_picture(data, reason):
    with pytest.raises(NotAPicture, match=reason):
        take(data, "coat.jpg")

    assert not Picture.objects.exists()
    assert not default_storage.exists("pictures")


@pytest.mark.parametrize(
    ("data", "ending", "mode"),
    [
        (picture("JPEG"), "jpg", "RGB"),
        (picture("JPEG", mode="L", colour=90), "jpg", "RGB"),
        (picture("JPEG", mode="CMYK", colour=(0, 200, 200, 20)), "jpg", "RGB"),
        (picture("PNG"), "jpg", "RGB"),
        (picture("PNG", mode="RGBA", colour=(*RED, 255)), "jpg", "RGB"),
        (picture("PNG", mode="RGBA", colour=(*RED, 90)), "png", "RGBA"),
        (picture("PNG", mode="LA", colour=(90, 90)), "png", "RGBA"),
        (picture("PNG", mode="P", colour=0, transparency=0), "png", "RGBA"),
        (picture("PNG", mode="1", colour=1), "jpg", "RGB"),
        (picture("WEBP", mode="RGBA", colour=(*RED, 90)), "png", "RGBA"),
        (picture("WEBP"), "jpg", "RGB"),
        (picture("GIF", mode="P", colour=3), "jpg", "RGB"),
        (picture("AVIF"), "jpg", "RGB"),
        (picture("AVIF", mode="RGBA", colour=(*RED, 90)), "png", "RGBA"),
    ],
    ids=[
        "JPEG", "grey", "CMYK", "PNG", "opaque alpha", "alpha", "grey alpha", "palette", "1 bit",
        "WebP alpha", "WebP", "GIF", "AVIF", "AVIF alpha",
    ],
)  # fmt: skip
def test_take_makes_jpeg_of_what_is_opaque_and_png_of_the_rest(data, ending, mode):
    kept = take(data, "coat.exe")

    assert kept.file.name.endswith(f".{ending}")
    assert (opened(kept).mode, opened(kept).size) == (mode, (60, 40))
    assert (kept.width, kept.height, kept.bytes) == (60, 40, kept.file.size)


def with_chunks(data, *chunks):
    """A PNG with further chunks behind its header."""
    written = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    return data[:33] + written + data[33:]


SWOLLEN = zlib.compress(b"x" * 3_000_000)


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"zTXt", b"note\0\0" + SWOLLEN)],
        [(b"iTXt", b"note\0\1\0\0\0" + SWOLLEN)],
        [(b"tEXt", b"note\0" + b"x" * 1_200_000)],
        [(b"zTXt", b"note\0\0" + SWOLLEN)] * 80,
        [(b"iCCP", b"profile\0\0" + SWOLLEN)],
        [(b"iCCP", b"profile\0\0" + b"no zlib")],
        [(b"zTXt", b"broken")],
    ],
    ids=["zTXt", "iTXt", "tEXt", "many", "profile", "broken profile", "broken text"],
)
def test_take_reads_a_png_whatever_texts_are_in_it(chunks):
    kept = take(with_chunks(picture("PNG"), *chunks), "note.png")

    assert (opened(kept).size, opened(kept).getpixel((5, 5))[0] > 190) == ((60, 40), True)


def test_take_keeps_a_png_upright_and_in_its_colours():
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    kept = take(picture("PNG", exif=exif.tobytes(), icc_profile=profile), "turned.png")

    assert opened(kept).size == (40, 60)


def test_take_keeps_the_first_frame_of_an_animation():
    file = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100)

    shown = opened(take(file.getvalue()))

    assert getattr(shown, "n_frames", 1) == 1
    assert all(abs(a - b) < 8 for a, b in zip(shown.getpixel((9, 9)), RED, strict=True))


def test_take_keeps_sixteen_bit_grey_grey():
    file = io.BytesIO()
    Image.new("I;16", (20, 20), 32_768).save(file, "PNG")

    assert abs(opened(take(file.getvalue())).getpixel((9, 9))[0] - 128) < 4


def test_take_turns_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif.update(WHERE | {0x0112: 6})
    exif.get_ifd(0x8825).update(GPS)
    file = io.BytesIO()
    left_red = Image.new("RGB", (80, 40), BLUE)
    left_red.paste(RED, (0, 0, 40, 40))
    left_red.save(file, "JPEG", exif=exif, comment=b"secret", quality=95)

    kept = take(file.getvalue())
    shown = opened(kept)

    assert shown.size == (40, 80)
    assert shown.getpixel((20, 10))[0] > shown.getpixel((20, 10))[2]
    assert dict(shown.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(shown.info)
    with kept.file.open() as raw:
        data = raw.read()
    assert not any(word in data for word in (b"Exif", b"GPS", b"secret", b"Camera"))


def test_take_converts_other_colour_spaces_and_drops_their_profile():
    file = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    Image.new("RGB", (20, 20), RED).save(file, "PNG", icc_profile=profile)

    shown = opened(take(file.getvalue()))

    assert "icc_profile" not in shown.info
    assert abs(shown.getpixel((9, 9))[0] - RED[0]) < 8


@pytest.mark.parametrize(
    ("data", "ending"),
    [(noise("PNG"), "jpg"), (noise("PNG", size=(900, 900), mode="RGBA"), "png")],
    ids=["opaque", "transparent"],
)
def test_take_makes_it_small_enough_for_every_channel(data, ending):
    kept = take(data)

    assert kept.file.name.endswith(ending)
    assert kept.bytes <= 500_000
    assert max(kept.width, kept.height) >= 320


def test_take_scales_down_and_never_up():
    sizes = [(5000, 1000), (1000, 5000), (3024, 4032), (9, 5)]

    made = [take(picture(size=size)) for size in sizes]

    assert [(each.width, each.height) for each in made] == [
        (1024, 205),
        (410, 2048),
        (1024, 1365),
        (9, 5),
    ]


def test_take_of_the_same_file_gives_the_same_picture():
    first, again = take(picture(), "coat.jpg"), take(picture(), "other.jpg")

    assert (first.pk, first.name) == (again.pk, "coat")
    assert Entry.objects.filter(verb="added picture").count() == 1


def test_take_brings_back_a_file_that_the_storage_lost():
    first = take(picture())
    default_storage.delete(first.file.name)

    again = take(picture())

    assert (again.pk, again.file.name, again.is_stored) == (first.pk, first.file.name, True)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("羊毛大衣.jpg", "羊毛大衣"),
        ("../../x.html", "x"),
        ("C:\\fakepath\\coat.v2.png", "coat.v2"),
        ("<b>.png", "<b>"),
        ("a\x00\u202egpj.exe", "a gpj"),
        (" 🎉  two\nwords .jpg", "🎉 two words"),
        (".jpg", ".jpg"),
        ("x" * 5000 + ".jpg", "x" * 120),
    ],
)
def test_take_gives_a_name_to_read_and_a_file_nobody_can_guess(given, name):
    file = upload(picture())
    file._name = given

    kept = pictures.take(file, by=None)

    assert kept.name == name
    assert pictures.KEPT.fullmatch(f"/{kept.file.name}")[1] == kept.stem


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(st.data())
def test_read_of_damaged_files_gives_a_picture_or_a_reason(data):
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
    damaged = bytearray(picture(kind, size=(24, 24)))
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    with suppress(NotAPicture):
        assert imaging.read(bytes(damaged)).mode in {"RGB", "RGBA"}
