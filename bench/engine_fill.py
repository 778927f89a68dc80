"""Contacts and a template for the engine's bench."""

from composer.models import Template, Version
from push.models import Contact

BATCH = 5_000
PAYLOAD = {"type": "text", "message": "嗨 {{ name | 貴賓 }}，雙十一全館八折，只到週日。"}


def fill(count: int) -> None:
    template = Template.objects.create(name="bench", kind="text", state=Template.State.PUBLISHED)
    Version.objects.create(template=template, number=1, payload=PAYLOAD)
    for start in range(0, count, BATCH):
        Contact.objects.bulk_create(
            Contact(channel="line", contactable_id=f"U{number:032x}", name=f"小明{number}")
            for number in range(start, min(start + BATCH, count))
        )
