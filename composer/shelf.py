"""Which templates a person looks at: searched, filtered, sorted, counted by facet."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from composer import kinds
from composer.models import Template
from composer.preview import Preview, draw
from composer.vocabulary import channels
from people import names

TILES = 24
TAGS = 12
SORTS = {"saved": "-updated_at", "name": "name", "used": "-uses"}
# The archive is looked at only when asked for.
USUAL_STATES = (Template.State.PUBLISHED, Template.State.DRAFT)


@dataclass(frozen=True)
class Wanted:
    """What was asked for, from the address."""

    words: str
    states: frozenset[str]
    kinds: frozenset[str]
    tags: frozenset[str]
    owners: frozenset[str]
    sort: str
    channel: str

    @property
    def is_narrowed(self) -> bool:
        is_usual = self.states == set(USUAL_STATES)
        return bool(self.words or self.kinds or self.tags or self.owners or not is_usual)

    @property
    def filters(self) -> int:
        """How many boxes differ from the usual."""
        moved = self.states.symmetric_difference(USUAL_STATES)
        return len(moved) + len(self.kinds) + len(self.tags) + len(self.owners)


@dataclass(frozen=True)
class Choice:
    """One box of a facet; `count` is how many there are beside the other facets' choices."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One heading of the filter and its boxes."""

    name: str
    legend: str
    choices: list[Choice]


@dataclass(frozen=True)
class Tile:
    """A template and its picture."""

    template: Template
    phone: Preview

    @property
    def icon(self) -> str:
        return kinds.MESSAGES[self.template.kind].icon


@dataclass(frozen=True)
class Row:
    """What the facets look at."""

    pk: int
    state: str
    kind: str
    tags: tuple[str, ...]
    owner: str

    def values(self, facet: str) -> tuple[str, ...]:
        return self.tags if facet == "tags" else (getattr(self, FIELDS[facet]),)

    def has(self, facet: str, values: frozenset[str]) -> bool:
        return not values or not values.isdisjoint(self.values(facet))


FIELDS = {"states": "state", "kinds": "kind", "tags": "tags", "owners": "owner"}


def wanted(query: QueryDict) -> Wanted:
    """Unknown states, sorts and channels fall back to the usual."""
    states = frozenset(query.getlist("state")) & set(Template.State.values)
    sort, channel = query.get("sort", ""), query.get("channel", "")
    return Wanted(
        words=query.get("q", "").replace("\0", "").strip()[:200],
        states=states or frozenset(USUAL_STATES),
        kinds=frozenset(query.getlist("kind")),
        tags=frozenset(query.getlist("tag")),
        owners=frozenset(query.getlist("owner")),
        sort=sort if sort in SORTS else "saved",
        channel=channel if channel in channels.ALL else channels.FIRST,
    )


class Shelf:
    """The library as one person sees it through what they asked for."""

    def __init__(self, person: User | AnonymousUser, asked: Wanted) -> None:
        self.person, self.asked = person, asked
        self.rows = list(_rows(_found(person, asked)))

    @property
    def templates(self) -> list[int]:
        """The keys of those that match everything, in order."""
        return [row.pk for row in self.rows if self._matches(row)]

    def page(self, number: str) -> Page[int]:
        return Paginator(self.templates, TILES).get_page(number)

    def tiles(self, keys: Iterable[int]) -> list[Tile]:
        keys = list(keys)
        found = Template.objects.with_latest().select_related("owner").in_bulk(keys)
        return [
            Tile(found[key], draw(found[key].latest_payload, channel=self.asked.channel))
            for key in keys
        ]

    def facets(self) -> list[Facet]:
        facets = [
            Facet("state", _("State"), self._choices("states", _state_labels())),
            Facet("kind", _("Kind"), self._choices("kinds", _kind_labels())),
            Facet("tag", _("Tag"), self._choices("tags", self._tag_labels())),
            Facet("owner", _("Owner"), self._choices("owners", self._owner_labels())),
        ]
        return [facet for facet in facets if facet.choices]

    def _choices(self, facet: str, labels: Iterable[tuple[str, Any]]) -> list[Choice]:
        """The boxes stay where they are whatever is chosen elsewhere: only their counts move."""
        counts = _counts(facet, [row for row in self.rows if self._matches(row, but=facet)])
        there = _counts(facet, self.rows)
        chosen: frozenset[str] = getattr(self.asked, facet)
        return [
            Choice(value, str(label), counts[value], value in chosen)
            for value, label in labels
            if there[value] or value in chosen
        ]

    def _matches(self, row: Row, but: str = "") -> bool:
        return all(row.has(facet, getattr(self.asked, facet)) for facet in FIELDS if facet != but)

    def _tag_labels(self) -> list[tuple[str, str]]:
        """The commonest, and those chosen."""
        commonest = _counts("tags", self.rows).most_common(TAGS)
        shown = {tag for tag, count in commonest} | self.asked.tags
        return [(tag, tag) for tag in sorted(shown)]

    def _owner_labels(self) -> list[tuple[str, str]]:
        """Oneself first."""
        owners = {row.owner for row in self.rows}
        people = User.objects.filter(pk__in=[owner for owner in owners if owner])
        named = sorted((names.called(person), person.pk) for person in people)
        others = [(str(key), name) for name, key in named if key != self.person.pk]
        return [(str(self.person.pk), _("Me")), *others, ("", _("Nobody"))]


def _counts(facet: str, rows: list[Row]) -> Counter[str]:
    return Counter(value for row in rows for value in row.values(facet))


def _found(person: User | AnonymousUser, asked: Wanted) -> QuerySet[Template]:
    found = Template.objects.visible_to(person).order_by(SORTS[asked.sort], "-pk")
    for word in asked.words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(words__icontains=word) | Q(notes__icontains=word)
        )
    return found


def _rows(found: QuerySet[Template]) -> Iterator[Row]:
    for pk, state, kind, tags, owner in found.values_list("pk", "state", "kind", "tags", "owner"):
        yield Row(pk, state, kind, tuple(tags), "" if owner is None else str(owner))


def _state_labels() -> list[tuple[str, str]]:
    states = (*USUAL_STATES, Template.State.ARCHIVED)
    return [(state.value, str(state.label)) for state in states]


def _kind_labels() -> list[tuple[str, str]]:
    return [(name, _(kinds.MESSAGES[name].label)) for name in kinds.NAMES]
