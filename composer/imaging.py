"""What somebody uploads becomes a plain JPEG or PNG: upright, sRGB, small, without metadata."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# 8064 × 6048 is what the phones of today take.
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048
SMALL_SIDE = 480
# What LINE shows, and what Viber does; LINE recommends 1 MB (their references, “Image”).
WIDEST = 1024
LARGEST = 500_000
SIDES = (1600, 1280, 1024, 800, 640, 480, 320)
QUALITIES = (88, 80, 72, 64)
PNG = b"\x89PNG\r\n\x1a\n"
TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
# Pillow refuses to unpack more (`PngImagePlugin.MAX_TEXT_CHUNK`).
LARGEST_PROFILE = 1024 * 1024
# The brands of the two families of files (ISO/IEC 23008-12 and AV1 Image File Format).
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
AVIF = (b"avif", b"avis")
SRGB = ImageCms.createProfile("sRGB")

# What Pillow raises on files that are cut off or made to hurt.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
    zlib.error,
)


class NotAPicture(Exception):
    """The file cannot become a picture; `reason` says to staff why, and what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Encoded:
    """A picture as a file: its bytes and what they show."""

    data: bytes
    extension: str
    width: int
    height: int


def read(data: bytes) -> Image.Image:
    """The first frame, upright, as RGB or (where something shines through) RGBA.

    Raises NotAPicture.
    """
    picture = _opened(data)
    _ensure_bearable(picture)
    try:
        # A large JPEG is decoded at half its size or less, which spares most of the memory.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        return _plain(_upright(picture))
    except BROKEN as error:
        raise NotAPicture(
            _("The picture is damaged or cut off. Save it anew, then upload it again.")
        ) from error


def encoded(picture: Image.Image, *, side: int = LONGEST_SIDE) -> Encoded:
    """As good as fits into the largest size that every channel takes."""
    scaled = _scaled(picture, min(side, WIDEST), side)
    attempts = _pngs(scaled) if picture.mode == "RGBA" else _jpegs(scaled)
    made = next(attempts)
    while len(made.data) > LARGEST:
        better = next(attempts, None)
        if better is None:
            break
        made = better
    return made


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(_without_texts(data)), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise NotAPicture(_too_many_pixels()) from error
    except BROKEN as error:
        raise NotAPicture(_unknown(data)) from error


def _without_texts(data: bytes) -> bytes:
    """A PNG without its texts, which nobody sees and which Pillow takes only up to a size.

    Its profile goes as well where that would unpack to more than any real one.
    """
    if not data.startswith(PNG):
        return data
    kept, at = [PNG], len(PNG)
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + size]
        if name not in TEXT_CHUNKS and not (name == b"iCCP" and _is_swollen(chunk)):
            kept.append(chunk)
        at += 12 + size
    return b"".join(kept)


def _is_swollen(profile: bytes) -> bool:
    """Length, name of the chunk, name of the profile, a null, the method, and then the profile."""
    start = profile.find(b"\0", 8) + 2
    try:
        unpacked = zlib.decompressobj().decompress(profile[start:-4], LARGEST_PROFILE + 1)
    except zlib.error:
        return True
    return len(unpacked) > LARGEST_PROFILE


def _unknown(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        if data[8:12] in HEIC:
            return _("This is a HEIC photo. Save it as JPEG, then upload that.")
        if data[8:12] in AVIF:
            return _("This AVIF picture cannot be read. Save it as JPEG, then upload that.")
        return _("This is a video. Upload a picture: JPEG, PNG, WebP, GIF or AVIF.")
    return _("This is not a picture that we can read. JPEG, PNG, WebP, GIF and AVIF are taken.")


def _too_many_pixels() -> str:
    return _("This picture has too many pixels: %(most)s million at most.") % {
        "most": MOST_PIXELS // 10**6
    }


def _ensure_bearable(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(_too_many_pixels())


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its EXIF says; a picture whose EXIF cannot be read stays as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except BROKEN:
        return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Eight bits, sRGB, nothing but pixels."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        # Sixteen bits of grey; a conversion of Pillow's own would cut off all but the darkest.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    plain = _in_srgb(picture, profile, mode) if profile else picture.convert(mode)
    if mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def _in_srgb(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Colours as meant; where the profile does not fit the picture, as they are."""
    source = picture.convert(mode) if picture.mode in {"P", "PA"} else picture
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(source, meant, SRGB, outputMode=mode)
        return converted or picture.convert(mode)
    except (ImageCms.PyCMSError, *BROKEN):
        return picture.convert(mode)


def _jpegs(picture: Image.Image) -> Iterator[Encoded]:
    for scaled in _ever_smaller(picture):
        for quality in QUALITIES:
            yield _saved(scaled, "JPEG", quality=quality, optimize=True, progressive=True)


def _pngs(picture: Image.Image) -> Iterator[Encoded]:
    for scaled in _ever_smaller(picture):
        yield _saved(scaled, "PNG")
        yield _saved(scaled.quantize(256, Image.Quantize.FASTOCTREE), "PNG")


def _ever_smaller(picture: Image.Image) -> Iterator[Image.Image]:
    yield picture
    for side in SIDES:
        if side < max(picture.size):
            yield _scaled(picture, side, side)


def _scaled(picture: Image.Image, width: int, height: int) -> Image.Image:
    """No longer than that on a side; never enlarged."""
    scaled = picture.copy()
    scaled.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return scaled


def _saved(picture: Image.Image, kind: str, **options: object) -> Encoded:
    file = BytesIO()
    picture.save(file, kind, **options)
    extension = "jpg" if kind == "JPEG" else "png"
    return Encoded(file.getvalue(), extension, picture.width, picture.height)
