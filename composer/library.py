"""Keeping templates: each deed is one transaction and one line in the record."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from composer.models import Template, Version
from composer.vocabulary import notices, paths
from composer.vocabulary.gist import gist
from composer.vocabulary.message import Message, payload
from composer.vocabulary.notices import Notice
from people import record, rights

Person = User | AnonymousUser | None

NAME_LENGTH = 120
# Leaves of a message that nobody would search for.
SILENT = {"type", "color", "background_color", "border_color"}


class Stale(Exception):
    """Somebody saved in the meantime; `latest` is what they saved."""

    def __init__(self, latest: Version) -> None:
        self.latest = latest
        super().__init__(f"version {latest.number} is newer")


class NameTaken(Exception):
    """Another template in the library has this name."""


class Unfit(Exception):
    """The message breaks the API document, so agents may not get it; `notices` say where."""

    def __init__(self, found: list[Notice]) -> None:
        self.notices = found
        super().__init__(", ".join(f"{notice.path}: {notice.rule}" for notice in found))


def can_change(person: Person, template: Template) -> bool:
    """Managers change every template; the others their own drafts."""
    if person is None or person.has_perm(rights.PUBLISH):
        return True
    is_own_draft = template.owner_id == person.pk and template.state == Template.State.DRAFT
    return is_own_draft and person.has_perm(rights.WRITE)


def create(
    *,
    name: str,
    message: Message,
    by: Person = None,
    tags: Iterable[str] = (),
    notes: str = "",
    why: str = "",
) -> Version:
    """A new draft in the library, with its first version; raises NameTaken."""
    template = Template(name=name, kind=message.kind, tags=list(tags), notes=notes)
    with transaction.atomic():
        version = _first_version(template, message, by=by, why=why)
        record.note(by, "created", target=template, template=template.pk)
    return version


def once(message: Message, *, by: Person) -> Version:
    """The message at hand, kept because it is about to be sent, outside the library."""
    template = Template(name=first_words(message), kind=message.kind, is_listed=False)
    with transaction.atomic():
        return _first_version(template, message, by=by)


def save_version(
    template: Template, message: Message, *, by: Person, expected: int, why: str = ""
) -> Version:
    """The next version; the same message again is no new one.

    Raises Stale when `expected` is not the latest number, PermissionDenied when this person may
    not change this template, and Unfit where what is published would break the API document.
    """
    with transaction.atomic():
        template = _locked(template)
        latest = template.latest
        if latest.number != expected:
            raise Stale(latest)
        if not can_change(by, template):
            raise PermissionDenied(_("You can change your own drafts. Duplicate this template."))
        if latest.payload == payload(message):
            return latest
        if template.state == Template.State.PUBLISHED:
            _ensure_fit(payload(message))
        version = _add_version(template, message, by=by, why=why)
        record.note(by, "saved", target=template, template=template.pk, version=version.number)
    return version


def describe(
    template: Template, *, name: str, tags: Iterable[str], notes: str, by: Person
) -> Template:
    """Changes what is said about a template, not what it says; raises NameTaken."""
    with transaction.atomic():
        template = _locked(template)
        template.name, template.tags, template.notes = name, list(tags), notes
        _save_named(template)
        record.note(by, "described", target=template, template=template.pk)
    return template


def publish(template: Template, *, by: Person) -> Template:
    """Lets every agent see and send it; raises Unfit."""
    with transaction.atomic():
        _ensure_fit(_locked(template).latest.payload)
        return _move(template, Template.State.PUBLISHED, "published", by=by)


def unpublish(template: Template, *, by: Person) -> Template:
    """Back to a draft."""
    return _move(template, Template.State.DRAFT, "unpublished", by=by)


def archive(template: Template, *, by: Person) -> Template:
    """Out of sight; what used it keeps it."""
    return _move(template, Template.State.ARCHIVED, "archived", by=by)


def restore(template: Template, *, by: Person) -> Template:
    """Out of the archive, as a draft: it may be out of date."""
    return _move(template, Template.State.DRAFT, "restored", by=by)


def duplicate(template: Template, *, by: Person) -> Version:
    """A draft of one's own that says the same."""
    latest = template.latest
    why = _("Copy of %(name)s, version %(number)s") % {
        "name": template.name,
        "number": latest.number,
    }

    def copy(name: str) -> Version:
        new = Template(name=name, kind=template.kind, tags=template.tags, notes=template.notes)
        with transaction.atomic():
            version = _first_version(new, latest.message, by=by, why=why[:200])
            record.note(by, "duplicated", target=template, template=template.pk, copy=new.pk)
        return version

    return _under_free_name(template.name, _copies, copy)


def put_aside(message: Message, *, after: str, by: Person) -> Template:
    """A draft that goes on where another message ends: `Name (2)`, or the next that is free."""

    def following() -> Iterator[str]:
        return (f"({number})" for number in count(2))

    def draft(name: str) -> Version:
        return create(name=name, message=message, by=by)

    return _under_free_name(after or first_words(message), following, draft).template


def use_again(version: Version, *, by: Person, expected: int) -> Version:
    """An older version saved again as the newest."""
    why = _("Version %(number)s again") % {"number": version.number}
    return save_version(version.template, version.message, by=by, expected=expected, why=why)


def count_use(version: Version) -> None:
    """Called when a broadcast of this version starts, for sorting by use."""
    Template.objects.filter(pk=version.template_id).update(
        uses=F("uses") + 1, used_at=timezone.now()
    )


def breaches(said: dict[str, Any]) -> list[Notice]:
    """Where a payload breaks the API document."""
    return [notice for notice in notices.check(said, channels=[]) if notice.level == "error"]


def first_words(message: Message) -> str:
    """A name for a message that has none."""
    return gist(message.payload(), length=40) or message.kind


def _first_version(template: Template, message: Message, *, by: Person, why: str = "") -> Version:
    template.owner_id = by.pk if by is not None else None
    _save_named(template)
    return _add_version(template, message, by=by, why=why)


def _add_version(template: Template, message: Message, *, by: Person, why: str) -> Version:
    said = payload(message)
    template.kind, template.words = message.kind, _words(said["message"])
    template.save()
    return Version.objects.create(
        template=template,
        number=Version.objects.next_number(template),
        payload=said,
        by_id=by.pk if by is not None else None,
        why=why,
    )


def _save_named(template: Template) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        if template.is_listed and _is_taken(template):
            raise NameTaken(template.name) from error
        raise


def _is_taken(template: Template) -> bool:
    others = Template.objects.listed().exclude(pk=template.pk)
    return others.filter(name=template.name).exists()


def _move(template: Template, state: Template.State, verb: str, *, by: Person) -> Template:
    with transaction.atomic():
        template = _locked(template)
        if template.state != state:
            template.state = state
            template.save()
            record.note(by, verb, target=template, template=template.pk)
    return template


def _ensure_fit(said: dict[str, Any]) -> None:
    if errors := breaches(said):
        raise Unfit(errors)


def _locked(template: Template) -> Template:
    return Template.objects.select_for_update(of=("self",)).get(pk=template.pk)


def _copies() -> Iterator[str]:
    yield _("(copy)")
    yield from (_("(copy %(number)s)") % {"number": number} for number in count(2))


def _under_free_name(
    name: str, marks: Callable[[], Iterable[str]], make: Callable[[str], Version]
) -> Version:
    """What `make` makes of the first free name; whoever takes that just now costs another look."""
    while True:
        try:
            return make(_free_name(name, marks()))
        except NameTaken:
            continue


def _free_name(name: str, marks: Iterable[str]) -> str:
    """The name with the first mark under which there is none yet."""
    listed = Template.objects.listed()
    wanted = (f"{name[: NAME_LENGTH - len(mark) - 1]} {mark}" for mark in marks)
    return next(each for each in wanted if not listed.filter(name=each).exists())


def _words(body: object) -> str:
    leaves = paths.walk(body)
    return "\n".join(text for path, text in leaves if text and path.split(".")[-1] not in SILENT)
