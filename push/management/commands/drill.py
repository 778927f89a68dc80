"""`manage.py drill`: the stand-in for FIRST LINE."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from people.commandline import OneLine, misused
from push import tokens
from push.drill.server import Server
from push.drill.state import LARGEST, State


class Command(OneLine):
    """Answers until TERM or Ctrl-C."""

    help = "Answers as FIRST LINE does, on this machine, and keeps what arrives for the inbox."
    # It touches neither templates nor the database, and should be there at once.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.DRILL_PORT)
        parser.add_argument("--latency", type=int, default=0, metavar="MS")
        parser.add_argument("--journal", type=Path, default=settings.DATA_DIR / "drill.jsonl")
        parser.add_argument(
            "--pace", type=int, default=300, metavar="N", help="posts a minute; 0 is unlimited"
        )
        parser.add_argument(
            "--talking", type=int, default=4, metavar="PERCENT", help="of contacts, with an agent"
        )

    def handle(self, **options: Any) -> None:
        server = _server(**options)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.stop())
        self.stdout.write(f"Drill server on http://127.0.0.1:{server.port}", ending="\n")
        self.stdout.flush()
        with server:
            server.serve_forever(poll_interval=0.1)


def _server(*, port: int, journal: Path, **options: Any) -> Server:
    state = State()
    state.set({name: _within(name, options[name]) for name in ("latency", "pace", "talking")})
    secrets = frozenset(token.secret for token in tokens.known() if token.secret)
    try:
        return Server(port, state=state, journal=journal, tokens=secrets)
    except OverflowError as error:
        raise misused("The port is a number from 0 to 65535.") from error
    except OSError as error:
        raise CommandError(f"The drill server cannot start on port {port}: {error}") from error


def _within(name: str, number: int) -> int:
    if not 0 <= number <= LARGEST[name]:
        raise misused(f"--{name} is a number from 0 to {LARGEST[name]}.")
    return number
