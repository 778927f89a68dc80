"""Finding contacts: by channel, words, tag and account, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from urllib.parse import urlencode

from django.db.models import Count, Max, Q

from composer.vocabulary import channels
from push.models import Contact, ContactQuerySet, Delivery, Outcome, Tag

PAGE = 50
# More are not counted one by one: a person needs to know “a lot”, and at once.
COUNTED = 10_000
SUMMED = 3
OFFERED = 300


@dataclass(frozen=True)
class Filters:
    """What the page was asked for, as its address says it."""

    channel: str
    words: str = ""
    tag: str = ""
    account: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], *, channel: str) -> Self:
        """Unknown channels become `channel`; nothing that is typed can be wrong."""
        said = {name: query.get(name, "").replace("\0", "").strip()[:200] for name in NAMES}
        asked = said["channel"]
        return cls(
            channel=asked if asked in channels.ALL else channel,
            words=said["q"],
            tag=said["tag"],
            account=said["account"],
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.tag or self.account)

    @property
    def query(self) -> str:
        said = {"channel": self.channel, "q": self.words, "tag": self.tag, "account": self.account}
        return urlencode({name: value for name, value in said.items() if value})

    def on(self, channel: str) -> Self:
        """The same on another channel, whose accounts are others."""
        return replace(self, channel=channel, account="")

    def contacts(self) -> ContactQuerySet:
        found = Contact.objects.on(self.channel)
        if self.tag:
            found = found.tagged(self.tag)
        if self.account:
            found = found.filter(account=self.account)
        return found.matching(self.words)


NAMES = ("channel", "q", "tag", "account")


@dataclass(frozen=True)
class Line:
    """One contact as the list shows it."""

    contact: Contact
    last_sent: datetime | None

    @property
    def summary(self) -> list[tuple[str, str]]:
        return list(self.contact.attributes.items())[:SUMMED]

    @property
    def more(self) -> int:
        return max(0, len(self.contact.attributes) - SUMMED)


@dataclass(frozen=True)
class Page:
    """Some contacts, and the key of the last one where more follow."""

    lines: Sequence[Line]
    after: int | None


def per_channel() -> dict[str, int]:
    counts = Contact.objects.order_by().values_list("channel").annotate(Count("pk"))
    return dict.fromkeys(channels.ALL, 0) | {slug: count for slug, count in counts if slug}


def fullest() -> str:
    return max(channels.ALL, key=per_channel().__getitem__)


def page(filters: Filters, *, after: int | None = None) -> Page:
    """By name; the page begins after a contact, so that the thousandth is as quick as the first."""
    found = filters.contacts().order_by("name", "contactable_id").prefetch_related("tags")
    last = Contact.objects.filter(pk=after).first() if after else None
    if last:
        later = Q(name__gt=last.name) | Q(name=last.name, contactable_id__gt=last.contactable_id)
        found = found.filter(later, name__gte=last.name)
    contacts = list(found[: PAGE + 1])
    shown = contacts[:PAGE]
    sent = _last_sent(shown)
    lines = [Line(contact, sent.get(contact.pk)) for contact in shown]
    return Page(lines, shown[-1].pk if len(contacts) > PAGE else None)


def count(filters: Filters, *, shown: Page) -> int:
    """How many match, counted up to COUNTED + 1; not at all where the page shows them all."""
    if not shown.after:
        return len(shown.lines)
    return filters.contacts().order_by()[: COUNTED + 1].count()


def accounts(channel: str) -> list[str]:
    named = Contact.objects.on(channel).exclude(account="").order_by("account")
    return list(named.values_list("account", flat=True).distinct()[:OFFERED])


def tags() -> list[str]:
    return list(Tag.objects.values_list("name", flat=True)[:OFFERED])


def _last_sent(contacts: Sequence[Contact]) -> dict[int, datetime]:
    sent = Delivery.objects.filter(contact__in=contacts, outcome=Outcome.SENT)
    return dict(sent.order_by().values_list("contact_id").annotate(Max("at")))
