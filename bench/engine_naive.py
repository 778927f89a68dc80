"""The way most projects do it: a task for each recipient, and `session.post(json=…)` in it."""

import time

import requests
from django.conf import settings
from django.utils import timezone
from django_tasks import task

from composer.models import Version
from composer.vocabulary import placeholders
from push.client import PATH
from push.models import Broadcast, Contact, Delivery, Outcome

session = requests.Session()


@task()
def deliver(delivery: int) -> None:
    """One recipient: read, post, write down."""
    found = Delivery.objects.select_related("contact", "broadcast__version").get(pk=delivery)
    body = {
        "contactable_type": "line",
        "contactable_id": found.contact.contactable_id,
        **placeholders.fill(found.broadcast.version.payload, found.values or {}),
    }
    answer = session.post(f"{settings.FIRSTLINE_API_BASE}{PATH}", json=body, timeout=30)
    answer.raise_for_status()
    found.outcome, found.status, found.at = Outcome.SENT, answer.status_code, timezone.now()
    found.save(update_fields=["outcome", "status", "at"])


def enqueue() -> float:
    """A task for everyone; gives the seconds it took.

    A worker of django-tasks-db does them one after the other.
    """
    began = time.monotonic()
    broadcast = Broadcast.objects.create(
        version=Version.objects.get(), channel="line", state=Broadcast.State.DONE
    )
    found = Delivery.objects.bulk_create(
        Delivery(broadcast=broadcast, contact=contact, values={"name": contact.name})
        for contact in Contact.objects.all()
    )
    for each in found:
        deliver.enqueue(each.pk)
    return time.monotonic() - began
