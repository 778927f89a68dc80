"""axe looks at broadcasts in every state, at their dialogs, and at what was sent: all its rules."""

import pytest

from tests.browser.axe import everything, seen
from tests.browser.conftest import PATIENCE, PHONE, WIDE

# As a worker would leave them, all at once so that no worker comes in between.
MAKE = """
from datetime import timedelta
from uuid import uuid4
from django.db import transaction
from django.utils import timezone
from composer.models import Template
from push import broadcasts, expansion
from push.audience import Audience
from push.models import Broadcast, Contact, Minute, Outcome
from push.schedule import Plan
from tests.runs import post
with transaction.atomic():
    keys = Contact.objects.on("wechat").reachable().order_by("pk").values_list("pk", flat=True)[:3]
    version = Template.objects.listed().published().order_by("pk").first().latest
    def start(state, because="", **plan):
        found = broadcasts.start(version, audience=Audience("wechat", ids=tuple(keys)), by=None,
            press=uuid4(), is_test=True, plan=Plan(**plan))
        while expansion.step(found.pk):
            pass
        Broadcast.objects.filter(pk=found.pk).update(state=state, paused_because=because)
        return found
    ended, paused = start("done"), start("paused", "wave", waves=(1,))
    planned = start("scheduled", at=timezone.now() + timedelta(days=2), waves=(1, 5))
    post(ended, [Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN])
    ended.deliveries.filter(outcome="failed").update(reason="blocked")
    counted = {"broadcast": ended, "chunk": ended.chunks.get()}
    Minute.objects.create(**counted, minute=29_700_000, sent=1, failed=1, uncertain=1)
print(ended.pk, paused.pk, planned.pk, ended.deliveries.get(outcome="uncertain").pk)
"""
LOOKS = [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)]


@pytest.fixture(scope="session")
def made(product):
    """The keys of one that has ended, one that is paused, one that is planned; and a delivery's."""
    return product.python(MAKE).split()


@pytest.fixture
def page(chromium, product, size):
    """As everywhere, but axe may put styles into the page for its measuring."""
    context = chromium.new_context(
        base_url=product.url, viewport=size, locale="en-US", bypass_csp=True
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_broadcasts_are_clean(signed_in, made, size, scheme):
    page, look = signed_in("admin"), everything if size == WIDE else seen
    page.emulate_media(color_scheme=scheme)
    ended, paused, planned, uncertain = made

    found = {}
    for path in (ended, paused, planned, f"{ended}/deliveries/{uncertain}"):
        page.goto(f"/broadcasts/{path}/")
        found[path] = look(page)

    assert found == {what: [] for what in found}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_list_is_clean(signed_in, made, size):
    page, look = signed_in("admin"), everything if size == WIDE else seen

    for query in ("", "?which=scheduled", "?which=undecided", "?q=nothing"):
        page.goto(f"/broadcasts/{query}")
        assert look(page) == [], query


def test_dialogs_and_the_chart_as_a_table_are_clean(signed_in, made):
    page = signed_in("admin")
    ended, paused, planned, _uncertain = made
    found = {}

    asked = [(paused, "pace"), (paused, "cancel"), (planned, "time"), (ended, "silence-blocked")]
    for key, press in asked:
        page.goto(f"/broadcasts/{key}/")
        page.locator(f"[data-opens={press}]:visible").first.click()
        found[press] = everything(page)
    page.goto(f"/broadcasts/{ended}/")
    page.locator("#chart-summary").click()
    found["table"] = everything(page)

    assert found == {what: [] for what in found}
