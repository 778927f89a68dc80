"""Broadcasts as a worker would leave them, without a worker."""

from uuid import uuid4

from django.utils import timezone

from push import books, broadcasts, expansion
from push.audience import Audience
from push.models import Broadcast, Delivery, Outcome
from tests.makers import make_contact, make_template

REASONS = {
    Outcome.HELD: {"reason": "agent_talking", "status": 409},
    Outcome.FAILED: {"reason": "not_found", "status": 404, "answer": "<b>unknown</b>"},
    Outcome.UNCERTAIN: {"reason": "no_answer"},
    Outcome.SENT: {"status": 200},
}


def make_run(*outcomes, waiting=0, state=None, message="嗨 {{ name | 貴賓 }}", **options):
    """One contact for each outcome, and more who wait; done when nobody does."""
    for number in range(len(outcomes) + waiting):
        make_contact(f"小明{number}")
    options = {"audience": Audience("line", everyone=True), "by": None, "press": uuid4()} | options
    broadcast = broadcasts.start(make_template(f"範本{uuid4()}", message).latest, **options)
    while expansion.step(broadcast.pk):
        pass
    if outcomes:
        post(broadcast, outcomes)
    ended = None if waiting else timezone.now()
    Broadcast.objects.filter(pk=broadcast.pk).update(
        state=state or ("running" if waiting else "done"), finished_at=ended
    )
    broadcast.refresh_from_db()
    return broadcast


def post(broadcast, outcomes):
    """As if the first few came back so."""
    chunk = broadcast.chunks.get()
    keys = books.of(chunk).order_by("pk").values_list("pk", flat=True)[: len(outcomes)]
    page = books.Page(chunk)
    for key, outcome in zip(list(keys), outcomes, strict=True):
        said = REASONS[outcome] | {"at": timezone.now()}
        page.move(
            Delivery.objects.filter(pk=key), "waiting", outcome.value, outcome=outcome, **said
        )
    page.write()
