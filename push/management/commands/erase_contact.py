"""`manage.py erase_contact CHANNEL ID --reason TEXT`: forgets a person, keeps the sums."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from composer.vocabulary import channels
from people.commandline import OneLine, misused
from push import erasure
from push.errors import NotPossible
from push.models import Contact


class Command(OneLine):
    """Prints how many deliveries were blanked and cancelled, as JSON."""

    help = "Erases a contact: name, ID, values and what was sent to them. Counts stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("channel", metavar="CHANNEL")
        parser.add_argument("contact", metavar="ID")
        parser.add_argument("--reason", required=True, metavar="TEXT")

    def handle(self, *args: Any, channel: str, contact: str, reason: str, **options: Any) -> None:
        if channel not in channels.ALL:
            raise misused(f"“{channel}” is no channel; they are {', '.join(channels.ALL)}")
        wanted = contact.strip().replace("\0", "")[:64]
        found = Contact.objects.on(channel).filter(contactable_id=wanted).first()
        if found is None:
            raise misused(f"There is no contact {wanted} on {channel}.")
        try:
            erased = erasure.erase(found, reason=reason, by=None)
        except NotPossible as error:
            raise misused(str(error)) from error
        self.stdout.write(json.dumps({"contact": found.pk, **asdict(erased)}))
