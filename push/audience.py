"""Who will get it: one audience, one queryset, one count."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext as _

from composer.vocabulary import channels
from push import missing_values
from push.columns import field_of
from push.contact_ids import EQUALS_GUARD, SEPARATED, bare, clean_id
from push.models import Broadcast, Contact, ContactQuerySet, Delivery, Outcome
from push.sentences import Sentence, Unfit

# SQLite takes at most 32,766 values in one statement, and a broadcast needs some of its own.
MAX_IDS = 20_000
BETWEEN = re.compile(r"[\s,;|，；、\"'“”‘’「」\[\]()]+")


@dataclass(frozen=True)
class Ledger:
    """The account of an audience.

    Matching − do not disturb − had it lately − without a required value = total.
    """

    matching: int
    do_not_disturb: int
    had_it: int = 0
    lacking: int = 0

    @property
    def total(self) -> int:
        return self.matching - self.do_not_disturb - self.had_it - self.lacking


@dataclass(frozen=True)
class Audience:
    """The contacts of one channel that a broadcast goes to.

    Everyone, or those who match a search, a tag and a channel account, or those with these keys;
    nobody when nothing is chosen. Whoever had this template within so many days may be left out:
    who got it, may have got it, or is about to. Whoever lacks a value for one of the `required`
    placeholders is left out too. Kept as JSON with the broadcast.
    """

    channel: str
    search: str = ""
    tag: str = ""
    account: str = ""
    ids: tuple[int, ...] = ()
    everyone: bool = False
    template: int = 0
    days: int = 0
    required: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        kept = {name: value for name, value in asdict(self).items() if value}
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        lists = {name: tuple(kept.get(name, ())) for name in ("ids", "required")}
        return cls(**{**kept, **lists})

    def matching(self) -> ContactQuerySet:
        """All who were chosen, those not to be disturbed among them."""
        return self._of(Contact.objects.on(self.channel))

    def contacts(self) -> ContactQuerySet:
        """Those who will get it."""
        return self._reachable(self.matching())

    def between(self, after: int, until: int) -> ContactQuerySet:
        """Those who will get it, of these keys.

        The cast and the subquery keep the databases from sorting a whole channel or tag for a
        few thousand of them: they walk the keys instead.
        """
        keys = Contact.objects.filter(pk__gt=after, pk__lte=until)
        found = keys.alias(on=Cast("channel", TextField())).filter(on=self.channel)
        tagged = Contact.tags.through.objects.filter(contact=OuterRef("pk"), tag__name=self.tag)
        if self.tag and not self.ids:
            found = found.filter(Exists(tagged))
        if self.account and not self.ids:
            found = found.alias(of=Cast("account", TextField())).filter(of=self.account)
        rest = replace(self, tag="", account="", everyone=self._is_chosen)
        return self._reachable(rest._of(found))

    def _of(self, contacts: ContactQuerySet) -> ContactQuerySet:
        found = contacts.order_by("pk")
        if self.ids:
            return found.filter(pk__in=self.ids)
        if self.search.strip():
            found = found.matching(self.search)
        if self.tag:
            found = found.tagged(self.tag)
        if self.account:
            found = found.filter(account=self.account)
        return found if self._is_chosen else found.none()

    def _reachable(self, found: ContactQuerySet) -> ContactQuerySet:
        found = found.reachable().filter(missing_values.has_all(self.required))
        return found.exclude(Exists(self._had())) if self.template and self.days else found

    def count(self) -> int:
        return self.ledger().total

    def ledger(self) -> Ledger:
        chosen = self.matching()
        matching, silent = chosen.count(), chosen.filter(do_not_disturb=True).count()
        left_out = bool(self.template and self.days), bool(self.required)
        if not any(left_out):
            return Ledger(matching, silent)
        total = self.contacts().count()
        with_lacking = replace(self, required=()).contacts().count() if all(left_out) else total
        if not self.required:
            return Ledger(matching, silent, matching - silent - total)
        had_it = matching - silent - with_lacking if left_out[0] else 0
        return Ledger(matching, silent, had_it, matching - silent - had_it - total)

    def describe(self) -> str:
        """In words, such as "LINE, tag vip"."""
        return _(", ").join([str(_(channels.ALL[self.channel].short_name)), *self._chosen()])

    def _had(self) -> QuerySet[Delivery]:
        """Of the contact at hand: deliveries of this template, tests aside."""
        sent = Broadcast.objects.filter(version__template=self.template, is_test=False)
        trying = sent.filter(held_again_at__isnull=False).exclude(state=Broadcast.State.CANCELLED)
        since = Now() - timedelta(days=self.days)
        return Delivery.objects.filter(
            Q(outcome__in=[Outcome.SENT, Outcome.UNCERTAIN], at__gte=since)
            | Q(outcome=Outcome.PENDING)
            | Q(outcome=Outcome.HELD, broadcast__in=list(trying.values_list("pk", flat=True))),
            broadcast__in=list(sent.values_list("pk", flat=True)),
            contact=OuterRef("pk"),
        )

    @property
    def _is_chosen(self) -> bool:
        return bool(self.everyone or self.search.strip() or self.tag or self.account)

    def _chosen(self) -> list[str]:
        if self.ids:
            return [_("chosen one by one")]
        parts = []
        if self.search.strip():
            parts.append(_("search “%(words)s”") % {"words": self.search.strip()})
        if self.tag:
            parts.append(_("tag “%(tag)s”") % {"tag": self.tag})
        if self.account:
            parts.append(_("account “%(account)s”") % {"account": self.account})
        return parts or [_("everyone") if self.everyone else _("nobody")]


@dataclass(frozen=True)
class Pasted:
    """A pasted list of ids: the contacts it names, what names nobody, and what is no id."""

    ids: tuple[int, ...]
    unknown: tuple[str, ...]
    refused: tuple[Sentence, ...] = ()


def read_ids(text: str, *, channel: str) -> Pasted:
    """Ids between commas, spaces or lines, or in the column of a table; repeated ones count once.

    Each is read as an import reads it: guards are taken off, what is not certain is refused.
    """
    wanted: dict[str, None] = {}
    refused: list[Sentence] = []
    for word in _words(text):
        try:
            wanted[clean_id(word)] = None
        except Unfit as error:
            refused.append(error.sentence)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        some = list(wanted)[start : start + 500]
        named = Contact.objects.on(channel).filter(contactable_id__in=some)
        found.update(named.values_list("contactable_id", "pk"))
    return Pasted(
        ids=tuple(found[word] for word in wanted if word in found),
        unknown=tuple(word for word in wanted if word not in found),
        refused=tuple(refused),
    )


def _words(text: str) -> Iterator[str]:
    """What may be an id, without the word above a column of them."""
    lines = _id_column(EQUALS_GUARD.sub(r"\1", text).splitlines())
    for number, line in enumerate(lines):
        # `1,234` among other lines is one number with a comma, not two ids.
        is_number = len(lines) > 1 and SEPARATED.fullmatch(line.strip())
        words = (
            [line.strip()] if is_number else [word for word in BETWEEN.split(line) if bare(word)]
        )
        is_titled = number == 0 and words and field_of(words[0]) == "id"
        yield from words[1:] if is_titled else words


def _id_column(lines: list[str]) -> list[str]:
    """Of a table copied from a spreadsheet the column of ids."""
    titles = [field_of(title) for title in lines[0].split("\t")] if lines else []
    if len(titles) < 2 or "id" not in titles:
        return lines
    place = titles.index("id")
    rows = [line.split("\t") for line in lines]
    return [row[place] for row in rows if place < len(row)]
