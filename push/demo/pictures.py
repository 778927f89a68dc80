"""The demo's pictures in the library, so that a carousel needs no address to be typed."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from composer import pictures
from composer.models import Picture

FOLDER = Path(settings.BASE_DIR) / "static" / "demo"
# Both languages in one: what is kept is read by people of either.
NAMES = {
    "beret-square": "貝蕾帽 · Beret",
    "boots-square": "短靴 · Boots",
    "down-jacket": "輕羽絨外套 · Down jacket",
    "gift": "禮物 · Gift",
    "invitation": "邀請函 · Invitation",
    "parcel": "包裹 · Parcel",
    "scarf-square": "圍巾 · Scarf",
    "shop-front": "門市 · Shop front",
    "sweater-square": "毛衣 · Sweater",
    "tote": "托特包 · Tote bag",
    "trench-coat": "風衣 · Trench coat",
    "trench-square": "風衣方圖 · Trench coat, square",
    "wool-coat": "羊毛大衣 · Wool coat",
}


def load(by: User) -> int:
    """How many pictures were taken in; those that are there already are known by their bytes."""
    known = set(Picture.objects.values_list("sha256", flat=True))
    files = [(path, path.read_bytes()) for path in sorted(FOLDER.glob("*.jpg"), reverse=True)]
    new = [(path, data) for path, data in files if pictures.digest(data) not in known]
    for path, data in new:
        pictures.take(ContentFile(data, f"{NAMES.get(path.stem, path.stem)}.jpg"), by=by)
    return len(new)
