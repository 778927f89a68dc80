"""Forgetting a person: what they were called and sent goes, how many it went to stays."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from people import append_only, record
from people.models import Entry
from push import books
from push.books import Page
from push.errors import NotPossible
from push.models import Chunk, Contact, Delivery, Outcome

By = User | AnonymousUser | None
REASON_MAX = 200


@dataclass(frozen=True)
class Erased:
    """How many deliveries lost what they held, and how many of these were not yet sent."""

    deliveries: int
    cancelled: int


def erase(contact: Contact, *, reason: str, by: By) -> Erased:
    """Blanks the contact and all that quotes them. Raises NotPossible, without a reason say.

    The row stays for the sums, under an id that can be neither imported nor posted to: the same
    person imported again is a new contact. What a worker holds at this moment may still leave.
    """
    reason = " ".join(reason.split())[:REASON_MAX]
    if not reason:
        raise NotPossible(_("Enter a reason."))
    with transaction.atomic():
        lock(contact)
        deliveries = Delivery.objects.filter(contact=contact)
        cancelled = _cancel_waiting(contact)
        count = deliveries.update(values=None, answer="")
        known_as = f"{contact.channel} {contact.contactable_id}"
        _blank(contact)
        with append_only.allow_changes():
            Entry.objects.filter(target=known_as).update(target=contact.contactable_id)
        said = {"reason": reason, "deliveries": count, "cancelled": cancelled}
        record.note(by, "erased contact", target=contact.contactable_id, **said)
    return Erased(count, cancelled)


def lock(contact: Contact) -> None:
    """Until the transaction ends. Raises NotPossible where somebody has erased it meanwhile."""
    if not Contact.objects.select_for_update().filter(pk=contact.pk).exclude(channel=""):
        raise NotPossible(_("This contact was erased."))


def erase_by_age(contact: Contact) -> None:
    """One that nobody wrote to for long, and whose deliveries hold nothing any more."""
    with transaction.atomic():
        if contact.deliveries.exists():
            _blank(contact)
        else:
            contact.delete()


def _cancel_waiting(contact: Contact) -> int:
    """Through the books, chunk by chunk; who is with a worker now is left out at its next look."""
    waiting = Delivery.objects.filter(contact=contact, outcome=Outcome.PENDING)
    cancelled = 0
    for delivery in waiting.order_by("broadcast"):
        ready = Chunk.objects.filter(
            broadcast=delivery.broadcast_id,
            round=delivery.round,
            first__lte=delivery.pk,
            last__gte=delivery.pk,
            state=Chunk.State.READY,
        )
        for chunk in books.locked(ready):
            page = Page(chunk)
            own = books.of(chunk).filter(pk=delivery.pk, pk__gt=chunk.claimed_to)
            fields = {"outcome": Outcome.CANCELLED, "reason": "erased"}
            own = own.filter(outcome=Outcome.PENDING)
            cancelled += page.move(own, "waiting", "cancelled", **fields)
            page.write()
    return cancelled


def _blank(contact: Contact) -> None:
    contact.tags.clear()
    contact.channel = contact.name = contact.account = contact.picture_url = ""
    contact.contactable_id = f"erased-{contact.pk}"
    contact.attributes, contact.do_not_disturb = {}, True
    contact.save()
