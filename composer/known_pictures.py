"""What the checker may know of a message's pictures: the files that this product itself keeps.

A file never changes under its address, so what was learnt once stays known.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from PIL import Image

from composer.models import Picture as Row
from composer.pictures import FOLDER
from composer.vocabulary.picture import Picture

# The stem is chance enough: whoever names it means our file, whichever host it is fetched from.
KEPT = re.compile(rf"/({FOLDER}/[0-9a-f]{{32}}\.(?:jpg|png))\Z")
DEMO = re.compile(r"/static/demo/([a-z-]{1,40}\.jpg)")
DEMO_FOLDER = settings.BASE_DIR / "static" / "demo"
FORMATS = {"jpg": "jpeg", "png": "png"}
MOST = 4096

_known: dict[str, Picture] = {}


def of(payload: Mapping[str, Any]) -> dict[str, Picture]:
    """By address; one query at most, and none where all are known. Of other pictures nothing."""
    body = payload["message"]
    cards = body.get("columns", ()) if isinstance(body, dict) else ()
    asked = {card.get("image_url") or "" for card in cards}
    _learn(asked - _known.keys())
    return {address: picture for address in asked if (picture := _known.get(address))}


def _learn(addresses: Iterable[str]) -> None:
    if len(_known) > MOST:
        _known.clear()
    files = {address: found[1] for address in addresses if (found := KEPT.search(address))}
    rows = Row.objects.filter(file__in={*files.values()}) if files else ()
    kept = {str(row.file): row for row in rows}
    for address in addresses:
        row = kept.get(files.get(address, ""))
        picture = _of_library(row) if row else _of_demo(address)
        if picture:
            _known[address] = picture


def _of_library(row: Row) -> Picture:
    return Picture(row.bytes, row.width, row.height, _format(str(row.file)))


def _of_demo(address: str) -> Picture | None:
    """The pictures of the starter templates come with the product."""
    base = settings.PUBLIC_BASE_URL
    found = DEMO.fullmatch(address, len(base)) if base and address.startswith(base) else None
    path = DEMO_FOLDER / found[1] if found else None
    if path is None or not path.is_file():
        return None
    with Image.open(path) as image:
        return Picture(path.stat().st_size, image.width, image.height, _format(path.name))


def _format(name: str) -> str:
    return FORMATS[name.rpartition(".")[2]]
