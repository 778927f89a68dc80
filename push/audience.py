"""Who will get it: one audience, one queryset, one count."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from composer.vocabulary import channels
from push.models import Contact, ContactQuerySet

# SQLite takes at most 32,766 values in one statement, and a broadcast needs some of its own.
MAX_IDS = 20_000
BETWEEN = re.compile(r"[\s,;，；、\"']+")


@dataclass(frozen=True)
class Ledger:
    """The account of an audience: matching − do not disturb = total."""

    matching: int
    do_not_disturb: int

    @property
    def total(self) -> int:
        return self.matching - self.do_not_disturb


@dataclass(frozen=True)
class Audience:
    """The contacts of one channel that a broadcast goes to.

    Everyone, or those who match a search and a tag, or those with these keys; nobody when
    nothing is chosen. Kept as JSON with the broadcast.
    """

    channel: str
    search: str = ""
    tag: str = ""
    ids: tuple[int, ...] = ()
    everyone: bool = False

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "ids": tuple(kept.get("ids", ()))})

    def matching(self) -> ContactQuerySet:
        """All who were chosen, those not to be disturbed among them."""
        found = Contact.objects.on(self.channel).order_by("pk")
        if self.ids:
            return found.filter(pk__in=self.ids)
        if self.search.strip():
            found = found.matching(self.search)
        if self.tag:
            found = found.tagged(self.tag)
        return found if self._is_chosen else found.none()

    def contacts(self) -> ContactQuerySet:
        """Those who will get it."""
        return self.matching().reachable()

    def count(self) -> int:
        return self.ledger().total

    def ledger(self) -> Ledger:
        chosen = self.matching()
        return Ledger(chosen.count(), chosen.filter(do_not_disturb=True).count())

    def describe(self) -> str:
        """In words, such as "LINE, tag vip"."""
        return _(", ").join([str(_(channels.ALL[self.channel].short_name)), *self._chosen()])

    @property
    def _is_chosen(self) -> bool:
        return bool(self.everyone or self.search.strip() or self.tag)

    def _chosen(self) -> list[str]:
        if self.ids:
            return [_("chosen one by one")]
        parts = []
        if self.search.strip():
            parts.append(_("search “%(words)s”") % {"words": self.search.strip()})
        if self.tag:
            parts.append(_("tag “%(tag)s”") % {"tag": self.tag})
        return parts or [_("everyone") if self.everyone else _("nobody")]


@dataclass(frozen=True)
class Pasted:
    """A pasted list of ids: the contacts it names, and what names nobody on the channel."""

    ids: tuple[int, ...]
    unknown: tuple[str, ...]


def read_ids(text: str, *, channel: str) -> Pasted:
    """Ids as the API has them, between commas, spaces or lines; repeated ones count once."""
    wanted = list(dict.fromkeys(word for word in BETWEEN.split(text) if word))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        named = Contact.objects.on(channel).filter(contactable_id__in=wanted[start : start + 500])
        found.update(named.values_list("contactable_id", "pk"))
    return Pasted(
        ids=tuple(found[word] for word in wanted if word in found),
        unknown=tuple(word for word in wanted if word not in found),
    )
