"""The small library of pictures: taking them in, cropping, finding who uses them."""

import hashlib
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from PIL import Image

from composer import imaging
from composer.imaging import NotAPicture
from composer.models import Draft, Picture, Template, Version
from people import record

Person = User | AnonymousUser | None

LARGEST = 10 * 2**20
NAME_LENGTH = 120
FOLDER = "pictures"
KEPT = re.compile(rf"/{FOLDER}/([0-9a-f]{{32}})(?:-small)?\.(?:jpg|png)")
# Width by height, as the cards of LINE and Messenger show pictures (their references).
RATIOS = {"1.51": 1.51, "1": 1.0, "1.91": 1.91}
LEAST_SIDE = 16
# What the name of a part ends in.
CROPPED = re.compile(r" [0-9.]+ : 1\Z")
INSIDE = (".local", ".localhost", ".localdomain", ".internal", ".lan", ".home.arpa")


class InUse(Exception):
    """A message shows this picture, so it stays; `reason` says which."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Box:
    """A part of a picture. Left, top and width are shares of the picture; the ratio does the rest.

    What would reach over an edge is moved or made smaller.
    """

    ratio: str
    left: float
    top: float
    width: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in a picture of that size."""
        ratio = RATIOS[self.ratio]
        wide = min(max(self.width * width, LEAST_SIDE), width, height * ratio)
        across, down = max(round(wide), 1), max(round(wide / ratio), 1)
        left = round(min(max(self.left * width, 0), width - across))
        top = round(min(max(self.top * height, 0), height - down))
        return left, top, left + across, top + down


def take(upload: File, *, by: Person) -> Picture:
    """Keeps an uploaded picture; the same one again is the one that is there already.

    Raises NotAPicture, and OSError when the storage takes nothing.
    """
    _ensure_size(upload.size)
    data = upload.read()
    sha256 = digest(data)
    found = Picture.objects.filter(sha256=sha256).first()
    if found and found.is_stored:
        return found
    return _keep(imaging.read(data), name=_without_ending(upload.name or ""), by=by, sha256=sha256)


def digest(data: bytes) -> str:
    """What two uploads of the same picture have in common."""
    return hashlib.sha256(data).hexdigest()


def crop(picture: Picture, box: Box, *, by: Person) -> Picture:
    """A new picture of one part; the old one stays. Raises NotAPicture."""
    with picture.file.open() as file:
        whole = imaging.read(file.read())
    part = whole.crop(box.pixels(*whole.size))
    name = f"{CROPPED.sub('', picture.name)[: NAME_LENGTH - 10]} {box.ratio} : 1"
    return _keep(part, name=name, by=by)


def rename(picture: Picture, name: str, *, by: Person) -> None:
    with transaction.atomic():
        picture.name = _tidy(name)
        picture.save(update_fields=["name"])
        record.note(by, "renamed picture", target=picture, picture=picture.pk)


def delete(picture: Picture, *, by: Person) -> None:
    """Takes away a picture that no message ever showed; raises InUse."""
    with transaction.atomic():
        _ensure_unused(picture)
        record.note(by, "deleted picture", target=picture)
        picture.delete()
        transaction.on_commit(lambda: _discard(picture))


def find(address: str) -> Picture | None:
    """The picture that an address shows."""
    kept = KEPT.search(address)
    return Picture.objects.filter(file__startswith=f"{FOLDER}/{kept[1]}.").first() if kept else None


def search(words: str) -> QuerySet[Picture]:
    """Newest first; every word must be in the name."""
    found = Picture.objects.select_related("by")
    for word in words.replace("\0", "").split()[:10]:
        found = found.filter(name__icontains=word)
    return found


def uses() -> Counter[str]:
    """How many templates of the library show each picture in their latest version, by its stem."""
    newest = Version.objects.filter(template=OuterRef("pk")).order_by("-number")
    latest = Subquery(newest.values("payload")[:1])
    texts = (
        Template.objects.listed()
        .annotate(said=Cast(latest, TextField()))
        .filter(said__contains=f"/{FOLDER}/")
        .values_list("said", flat=True)
    )
    return Counter(stem for text in texts for stem in set(KEPT.findall(text)))


def base() -> str:
    """The host that pictures are fetched from; nothing where none is set."""
    own = urlsplit(default_storage.url(FOLDER))
    return f"{own.scheme}://{own.netloc}" if own.netloc else settings.PUBLIC_BASE_URL


def is_public(address: str) -> bool:
    """Whether customers' phones may open it: https, and no name of a local network."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        is_outside = ip_address(host).is_global
    except ValueError:
        is_outside = "." in host and not host.endswith(INSIDE)
    return parts.scheme == "https" and is_outside


def _ensure_size(size: int) -> None:
    if not size:
        raise NotAPicture(_("The file is empty."))
    if size > LARGEST:
        given = -(-size // 2**20)
        raise NotAPicture(_("10 MB at most; this file has %(given)s MB.") % {"given": given})


def _without_ending(file_name: str) -> str:
    """Neither folders nor an ending: what people call it."""
    last = re.split(r"[\\/]", file_name)[-1]
    return _tidy(last.rpartition(".")[0] or last)


def _tidy(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(printable.split())[:NAME_LENGTH] or _("Picture")


def _keep(image: Image.Image, *, name: str, by: Person, sha256: str = "") -> Picture:
    """A cropped picture is known by its own bytes. A row whose files were lost gets them back."""
    large = imaging.encoded(image)
    small = imaging.encoded(image, side=imaging.SMALL_SIDE)
    sha256 = sha256 or digest(large.data)
    kept = Picture.objects.filter(sha256=sha256).first()
    if kept and kept.is_stored:
        return kept
    if kept is None:
        kept = Picture(sha256=sha256, name=name, by_id=by.pk if by is not None else None)
    kept.width, kept.height, kept.bytes = large.width, large.height, len(large.data)
    stem = kept.stem or secrets.token_hex(16)
    kept.file.name = _store(f"{stem}.{large.extension}", large.data)
    kept.small.name = _store(f"{stem}-small.{small.extension}", small.data)
    return _written(kept, by=by)


def _store(name: str, data: bytes) -> str:
    path = f"{FOLDER}/{name}"
    default_storage.delete(path)
    return default_storage.save(path, ContentFile(data))


def _written(picture: Picture, *, by: Person) -> Picture:
    """Its row; whoever uploads the same at the same moment gets the first one's."""
    is_new = picture.pk is None
    try:
        with transaction.atomic():
            picture.save()
            if is_new:
                record.note(by, "added picture", target=picture)
    except IntegrityError:
        _discard(picture)
        return Picture.objects.get(sha256=picture.sha256)
    return picture


def _discard(picture: Picture) -> None:
    for file in (picture.file, picture.small):
        default_storage.delete(str(file))


def _ensure_unused(picture: Picture) -> None:
    drafts = Draft.objects.all()
    if any(_saying(drafts, field, picture).exists() for field in ("content", "aside")):
        raise InUse(_("A draft that somebody is writing shows this picture."))
    used = _saying(Version.objects.select_related("template"), "payload", picture).first()
    if used:
        raise InUse(
            _("“%(name)s” shows this picture or did once, and what was sent must stay as it was.")
            % {"name": used.template}
        )


def _saying(rows: QuerySet[Any], field: str, picture: Picture) -> QuerySet[Any]:
    """Those whose JSON names the picture."""
    return rows.annotate(said=Cast(field, TextField())).filter(said__contains=picture.stem)
