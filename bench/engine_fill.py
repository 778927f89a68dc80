"""Contacts and a template for the engine's bench."""

from django.db import connection

from composer.models import Template, Version
from push.models import Contact

BATCH = 5_000
PAYLOAD = {"type": "text", "message": "嗨 {{ name | 貴賓 }}，雙十一全館八折，只到週日。"}
COPY = """
INSERT INTO push_contact ({columns}) SELECT {values} FROM push_contact WHERE id <= %s LIMIT %s
"""


def fill(count: int) -> None:
    template = Template.objects.create(name="bench", kind="text", state=Template.State.PUBLISHED)
    Version.objects.create(template=template, number=1, payload=PAYLOAD)
    made = Contact.objects.bulk_create(
        Contact(channel="line", contactable_id=f"U{number:032x}", name=f"小明{number}")
        for number in range(min(BATCH, count))
    )
    for number, start in enumerate(range(BATCH, count, BATCH)):
        copy(number, made[-1].pk, most=min(BATCH, count - start))


def copy(number: int, last: int, *, most: int) -> None:
    """The first contacts once more, under other ids: by the database, which is quicker."""
    columns = [f'"{field.column}"' for field in Contact._meta.concrete_fields[1:]]
    values = [f"contactable_id || '-{number}'" if "able_id" in name else name for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            COPY.format(columns=", ".join(columns), values=", ".join(values)), [last, most]
        )
