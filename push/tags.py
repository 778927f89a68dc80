"""Tags by name: VIP and vip are one, and the first spelling stays."""

from collections.abc import Iterable

from push.models import Tag
from push.rows import fold_tag


def ensure(names: Iterable[str]) -> dict[str, Tag]:
    """The tag of each name, by its folded name; those that are missing are created."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(fold_tag(name), name)
    if not wanted:
        return {}
    found = _all()
    # In an order: two imports that create the same tags would wait crosswise.
    new = [Tag(name=name) for folded, name in sorted(wanted.items()) if folded not in found]
    if new:
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        found = _all()
    return {folded: found[folded] for folded in wanted}


def find(name: str) -> Tag | None:
    return _all().get(fold_tag(name))


def _all() -> dict[str, Tag]:
    """By folded name. Where two spellings of one tag were kept before, the older one counts."""
    return {fold_tag(tag.name): tag for tag in Tag.objects.order_by("-pk")}
