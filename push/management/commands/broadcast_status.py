"""`manage.py broadcast_status ID`: how a broadcast stands."""

from typing import Any

from django.core.management.base import CommandParser

from people.commandline import OneLine, misused
from push.commandline import account
from push.models import Broadcast


class Command(OneLine):
    """One line of JSON that always adds up."""

    help = "Says how many contacts of a broadcast wait, were sent to, held, failed or uncertain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("broadcast", type=int, metavar="ID")

    def handle(self, *args: Any, broadcast: int, **options: Any) -> None:
        found = Broadcast.objects.filter(pk=min(max(broadcast, 0), 2**63 - 1)).first()
        if found is None:
            raise misused(f"There is no broadcast {broadcast}.")
        self.stdout.write(account(found))
