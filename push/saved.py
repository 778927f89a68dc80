"""Audiences that are kept by a name: saved, found again, forgotten."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from people import record
from push.errors import NotPossible
from push.finding import Filters
from push.models import SavedAudience

# A list longer than this is no help to anybody.
OFFERED = 100


@dataclass(frozen=True)
class Offer:
    """A saved audience as pages link to it: among the contacts, and on the way to a broadcast."""

    saved: SavedAudience
    filters: Filters

    @property
    def send_query(self) -> str:
        said = {"channel": self.filters.channel}
        if not self.filters.is_narrow:
            return urlencode(said | {"to": "everyone"})
        narrowed = {"search": self.filters.words, "tag": self.filters.tag}
        account = {"account": self.filters.account} if self.filters.account else {}
        return urlencode(said | {"to": "some"} | narrowed | account)


def offers() -> list[Offer]:
    return [
        Offer(each, Filters(each.channel, words=each.words, tag=each.tag, account=each.account))
        for each in SavedAudience.objects.all()[:OFFERED]
    ]


@transaction.atomic
def save(name: str, filters: Filters, *, by: User) -> SavedAudience:
    """Keeps the filter. Raises NotPossible."""
    if not name:
        raise NotPossible(_("Give the audience a name."))
    kept, is_new = SavedAudience.objects.get_or_create(
        name=name,
        defaults={
            "channel": filters.channel,
            "words": filters.words,
            "tag": filters.tag[:64],
            "account": filters.account[:120],
            "by": by,
        },
    )
    if not is_new:
        raise NotPossible(_("There is a saved audience of this name already. Choose another name."))
    record.note(by, "saved audience", target=name, channel=filters.channel)
    return kept


@transaction.atomic
def forget(kept: SavedAudience, *, by: User) -> None:
    """Its contacts and what was sent to them stay as they are."""
    record.note(by, "forgot audience", target=kept)
    kept.delete()
