"""`manage.py worker`: all background work."""

from typing import Any

from django.core.management.base import CommandParser

from people.commandline import OneLine, misused
from push import working

MOST = 64


class Command(OneLine):
    """Ends with 0 on TERM, once what is on its way has come home."""

    help = "Does all background work: posts broadcasts, imports contacts, makes good after crashes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--processes", type=int, default=1, metavar="N", help="how many share the work"
        )

    def handle(self, *args: Any, processes: int, **options: Any) -> None:
        if not 1 <= processes <= MOST:
            raise misused(f"--processes is a number from 1 to {MOST}.")
        working.run(processes)
