"""The last look before a broadcast: what stands in its way, and how it will look to five people."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Coalesce, Length
from django.utils import timezone
from django.utils.translation import gettext as _

from composer import checking, known_pictures, preview
from composer.checking import Finding
from composer.models import Template, Version
from composer.preview import Preview
from composer.vocabulary import channels, message, notices, paths, placeholders
from composer.vocabulary.checks import addresses, links
from composer.vocabulary.contact_fields import field_of
from composer.vocabulary.notices import Notice
from push import missing_values, pacing
from push.audience import Audience
from push.models import Broadcast, Contact, ContactQuerySet

RECENTLY = timedelta(days=1)
SHOWN = 5
# Stands for what an address begins with.
ADDRESS = "https://x.x"
# Of names that may have a link so many are looked at for a link.
LINKS_SOUGHT = 500


@dataclass(frozen=True)
class Example:
    """One real contact's picture, and why this contact was chosen."""

    label: str
    contact: Contact
    picture: Preview
    over: list[Finding]


def forbidden(version: Version, person: User) -> str:
    """Why this person may not send this version, or nothing.

    Published templates are for everyone who may send. A draft, or a message written to be
    sent once, is its owner's alone. What is archived is sent by nobody.
    """
    template = version.template
    if template.state == Template.State.ARCHIVED:
        return _("This template is archived. Restore or duplicate it to send it again.")
    if template.state != Template.State.PUBLISHED and template.owner_id != person.pk:
        return _("This is somebody else's draft. Only its owner can send it until it is published.")
    return ""


def obstacles(version: Version, audience: Audience, person: User) -> list[str]:
    """What must be mended before this can be sent at all, each with what to do."""
    found = [forbidden(version, person)]
    if not audience.contacts().exists():
        found.append(_("Nobody is left to send to. Go back one step and choose somebody."))
    if any(notice.level == "error" for notice in said(version, audience.channel)):
        found.append(_("FIRST LINE would refuse this message. Mend what the notices say first."))
    return [words for words in found if words]


def newer(version: Version) -> Version | None:
    """The version that was saved since, if there is one."""
    latest = version.template.latest
    return latest if latest.number > version.number else None


def take_turns(version: Version) -> None:
    """Of those who send one version at the same moment, each sees what the one before began."""
    Version.objects.select_for_update(no_key=True).get(pk=version.pk)


def repeated(version: Version, audience: Audience, *, now: datetime) -> Broadcast | None:
    """The same version to the same audience within a day, or scheduled to go there."""
    sent = Broadcast.objects.alias(begins=Coalesce("start_at", "created_at"))
    recent = sent.filter(
        version=version, channel=audience.channel, is_test=False, begins__gte=now - RECENTLY
    ).exclude(state=Broadcast.State.CANCELLED)
    people = _people(audience.to_json())
    return next((each for each in recent if _people(each.audience) == people), None)


def _people(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Without who is left out for a missing value: the others would get it twice."""
    return {name: value for name, value in kept.items() if name != "required"}


def duration(total: int, *, rate: int | None = None) -> timedelta:
    """How long it takes at the set pace, with all the tokens there are."""
    return timedelta(minutes=total / pacing.limit(rate))


def said(version: Version, channel: str, values: Mapping[str, str] | None = None) -> list[Notice]:
    """What the checker makes of it on this channel."""
    asked = [channels.ALL[channel]]
    return notices.check(
        version.payload,
        channels=asked,
        values=values,
        today=timezone.localdate(),
        pictures=known_pictures.of(version.payload),
    )


def findings(version: Version, channel: str) -> tuple[Finding, ...]:
    """The same in words, the worst first; without what is moot where the alt text goes out."""
    return findings_of(version, _that_matters(version, channel, said(version, channel)))


def findings_of(version: Version, found: Iterable[Notice]) -> tuple[Finding, ...]:
    return checking.findings(found, version.kind)


def rejections(version: Version, channel: str) -> list[Notice]:
    """Documented limits that make the channel reject the message for every contact.

    What depends on a contact's values is not among them: it stands both with the defaults and
    with one character for each placeholder.
    """
    shortest = dict.fromkeys(placeholders.names(version.payload), "x")
    [with_defaults, with_values] = [
        _rejections(version, channel, said(version, channel, each)) for each in ({}, shortest)
    ]
    always = {_key(notice) for notice in with_values}
    return [notice for notice in with_defaults if _key(notice) in always]


def rejection_names(found: Iterable[Notice]) -> list[str]:
    """What an override covers, for the broadcast and the activity log."""
    return sorted({f"{notice.rule} {path}" for notice in found for path in _places(notice)})


def _rejections(version: Version, channel: str, found: list[Notice]) -> list[Notice]:
    return notices.rejections(found, channels.ALL[channel], version.kind)


def _key(notice: Notice) -> tuple[str, str]:
    return notice.rule, notice.path


def _places(notice: Notice) -> tuple[str, ...]:
    return (notice.path, *notice.also)


def _that_matters(version: Version, channel: str, found: list[Notice]) -> list[Notice]:
    bearing = notices.bearing(found, channels.ALL[channel], version.kind)
    return [*bearing, *(each for each in found if not each.channel and each.level != "error")]


def complaints(version: Version, channel: str, values: Mapping[str, str]) -> list[str]:
    """Why these values cannot be sent: errors, rejections and empty parts that come with them.

    Nothing is filled into a value, so a placeholder in one would be read by customers.
    """
    if nested := placeholders.names(list(values.values())):
        words = _("Nothing is filled in here: everybody would read %(name)s.")
        return [words % {"name": f"{{{{ {nested[0]} }}}}"}]
    before = {_key(notice) for notice in said(version, channel)}
    others = _stand_ins(version)
    found = _that_matters(version, channel, said(version, channel, others | dict(values)))
    return [
        checking.sentence(notice)
        for notice in found
        if (notices.judge(notice) == "refused" or notice.rule == "blank_when_filled")
        and _key(notice) not in before
        and _uses(version, notice.path) & values.keys()
    ]


def _stand_ins(version: Version) -> dict[str, str]:
    """For each placeholder a value that nothing is wrong with, be it of a number or an address."""
    wanted = message.patterns(message.KINDS[version.kind], "link", "image")
    texts = [
        text
        for path, text in paths.walk(version.payload["message"])
        if text and paths.pattern(path) in wanted
    ]
    opening = filter(None, map(addresses.opening, texts))
    names = placeholders.names(version.payload)
    return dict.fromkeys(names, "0") | dict.fromkeys(opening, ADDRESS)


def _uses(version: Version, path: str) -> set[str]:
    """The placeholders of the text at this path."""
    texts = dict(paths.walk(version.payload["message"]))
    return set(placeholders.names(texts.get(path, "")))


def examples(
    audience: Audience, version: Version, fallbacks: Mapping[str, str] | None = None
) -> list[Example]:
    """Up to five different contacts: where it is most likely to go wrong, first."""
    channel = audience.channel
    by_default = said(version, channel)
    always = {_key(notice) for notice in rejections(version, channel)}
    depends = {_key(each) for each in _rejections(version, channel, by_default)} - always
    known = {_key(each) for each in by_default} - depends
    shown: dict[int, Example] = {}
    for label, contact in _picked(audience.contacts(), version.payload, shown):
        if contact is not None and contact.pk not in shown and len(shown) < SHOWN:
            values = missing_values.fill(contact.values, fallbacks or {})
            found = _that_matters(version, channel, said(version, channel, values))
            worse = [each for each in found if _key(each) not in known]
            over = list(findings_of(version, worse))
            shown[contact.pk] = Example(label, contact, _picture(version, channel, values), over)
    return list(shown.values())


def _picture(version: Version, channel: str, values: Mapping[str, str]) -> Preview:
    return preview.draw(version.payload, channel=channel, values=values)


def anyone(contacts: ContactQuerySet) -> Contact | None:
    """Any of them, without counting them all."""
    first, last = contacts.first(), contacts.last()
    if first is None or last is None:
        return None
    return contacts.filter(pk__gte=first.pk + secrets.randbelow(last.pk - first.pk + 1)).first()


def _picked(
    contacts: ContactQuerySet, payload: Any, shown: Mapping[int, Example]
) -> Iterator[tuple[str, Contact | None]]:
    """Contacts worth a look; those at random are none of those that are `shown` by then."""
    yield _("Longest name"), contacts.order_by(Length("name").desc(), "pk").first()
    yield _("With a link in the name"), _with_a_link(contacts, payload)
    names = [*placeholders.required(payload), *placeholders.names(payload)]
    yield from _without_a_value(contacts, list(dict.fromkeys(names)))
    yield _("First"), contacts.first()
    yield _("Last"), contacts.last()
    for _try in range(SHOWN):
        yield _("At random"), anyone(contacts.exclude(pk__in=list(shown)))


def _with_a_link(contacts: ContactQuerySet, payload: Any) -> Contact | None:
    """The first contact whose name has a link in it, where names are filled in."""
    if not any(field_of(name) == "name" for name in placeholders.names(payload)):
        return None
    alike = contacts.filter(Q(name__contains=".") | Q(name__contains="://"))
    sought = alike.order_by("pk")[:LINKS_SOUGHT]
    return next((contact for contact in sought if links.has_link(contact.name)), None)


def _without_a_value(contacts: ContactQuerySet, names: list[str]) -> Iterator[tuple[str, Contact]]:
    """The first contact that lacks one of the placeholders."""
    for name in names:
        if contact := missing_values.lacking(contacts, [name]).first():
            yield _("Without %(name)s") % {"name": name}, contact
            return
