"""Changing contacts by hand, and choosing a few that tell how a message will fare."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from people import record
from push import attributes, erasure, outcomes
from push.books import Which
from push.errors import NotPossible
from push.models import Broadcast, Contact, Delivery, Outcome
from push.tags import ensure

By = User | AnonymousUser
TELLING = 8
SAMPLED = 300


@transaction.atomic
def save(
    contact: Contact, *, tags: Iterable[str] | None, changes: Mapping[str, Any], by: By
) -> Contact:
    """`tags` may be None: then they stay; an attribute that changes to None goes.

    Attributes that are not changed stay as they are by now. Raises NotPossible once the contact
    was erased.
    """
    verb = "changed contact" if contact.pk else "created contact"
    if contact.pk:
        erasure.lock(contact)
        contact.refresh_from_db(fields=["attributes", "do_not_disturb"])
    merged = {**contact.attributes, **changes}
    contact.attributes = {name: value for name, value in merged.items() if value is not None}
    contact.save()
    if tags is not None:
        contact.tags.set(ensure(tags).values())
    note(contact, verb, by=by)
    attributes.remember(contact.attributes)
    return contact


@transaction.atomic
def disturb(contact: Contact, *, allowed: bool, by: By) -> None:
    """Whether broadcasts may go to this contact. Raises NotPossible once it was erased."""
    erasure.lock(contact)
    Contact.objects.filter(pk=contact.pk).update(do_not_disturb=not allowed)
    note(contact, "allowed contact" if allowed else "silenced contact", by=by)


@transaction.atomic
def silence(broadcast: Broadcast, reason: str, *, by: By) -> int:
    """Whom a broadcast could not reach for this reason gets no other; gives how many are new."""
    if reason not in outcomes.UNREACHABLE:
        raise NotPossible(_("Only who cannot be reached is left out of broadcasts from here."))
    failed = Which(Outcome.FAILED, reason=reason).of(Delivery.objects.filter(broadcast=broadcast))
    found = Contact.objects.reachable().filter(pk__in=failed.values("contact"))
    silenced = found.update(do_not_disturb=True)
    if silenced:
        record.note(by, "silenced unreached", target=broadcast, contacts=silenced, reason=reason)
    return silenced


def note(contact: Contact, verb: str, *, by: By) -> None:
    """A line in the record, by id: names are personal."""
    record.note(by, verb, target=f"{contact.channel} {contact.contactable_id}")


def sample(channel: str) -> list[Contact]:
    """The first and the last by name: blank names are among the first, emoji among the last."""
    found = Contact.objects.on(channel)
    first = list(found.order_by("name", "contactable_id")[:SAMPLED])
    last = found.order_by("-name", "-contactable_id").exclude(
        pk__in=[contact.pk for contact in first]
    )
    return first + list(last[:SAMPLED])[::-1]


def telling(contacts: Sequence[Contact]) -> list[Contact]:
    """Up to eight to look at a message with: an ordinary one, then those that may go wrong."""
    if not contacts:
        return []
    traits: list[Callable[[Contact], tuple[int, ...]]] = [
        lambda contact: (len(contact.name),),
        lambda contact: (not contact.name, -_filled(contact)),
        lambda contact: (bool(contact.name), -_filled(contact)),
        lambda contact: (_has_emoji(contact.name),),
        lambda contact: (bool(contact.name), contact.name.isascii()),
        lambda contact: (max(map(len, contact.attributes.values()), default=0),),
    ]
    chosen = [_ordinary(contacts), *(max(contacts, key=trait) for trait in traits)]
    return list({contact.pk: contact for contact in [*chosen, *contacts]}.values())[:TELLING]


def _ordinary(contacts: Sequence[Contact]) -> Contact:
    """From the middle of those that have most."""
    fullness = [(bool(contact.name), _filled(contact)) for contact in contacts]
    most = max(fullness)
    full = [contact for contact, has in zip(contacts, fullness, strict=True) if has == most]
    return full[len(full) // 2]


def _filled(contact: Contact) -> int:
    return sum(bool(value) for value in contact.attributes.values())


def _has_emoji(text: str) -> bool:
    return any(character >= "\U0001f000" or "\u2600" <= character <= "\u27bf" for character in text)
