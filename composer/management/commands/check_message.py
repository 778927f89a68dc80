"""`check_message FILE`: what the checker says of a message, outside the browser."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from composer.checking import sentence
from composer.vocabulary import notices
from composer.vocabulary.channels import ALL, Channel
from composer.vocabulary.notices import Notice
from people.commandline import OneLine, misused

LARGEST = 10 * 1024 * 1024


class Command(OneLine):
    """Says it in JSON; exit 1 when the message breaks the API document."""

    help = (
        'Checks a {"type", "message"} on all or the named channels. '
        "Exit 1 when there is an error, 0 when there is none."
    )

    # It asks nothing of the installation but the rules.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the JSON file, or - for standard input")
        parser.add_argument(
            "--channel",
            action="append",
            dest="slugs",
            metavar="SLUG",
            help=f"one of {', '.join(ALL)}; may be given more than once",
        )

    def handle(self, *args: Any, file: str, slugs: list[str] | None, **options: Any) -> None:
        asked = [_channel(slug) for slug in dict.fromkeys(slugs or ALL)]
        found = notices.check(_payload(file), channels=asked, today=timezone.localdate())
        said = [_row(notice, slug) for notice in found for slug in _slugs(notice, asked)]
        self.stdout.write(_printable(json.dumps(said, ensure_ascii=False, indent=2)))
        if any(notice.level == "error" for notice in found):
            sys.exit(1)


def _slugs(notice: Notice, asked: list[Channel]) -> list[str]:
    """What is true on every channel is said of each, so that a script may look at one alone."""
    return [notice.channel] if notice.channel else [channel.slug for channel in asked]


def _row(notice: Notice, slug: str) -> dict[str, Any]:
    return {
        "channel": slug,
        "level": notice.level,
        "path": notice.path,
        "rule": notice.rule,
        "limit": notice.limit,
        "actual": notice.actual,
        "unit": notice.unit,
        "source": notice.source,
        "status": notice.status,
        "text": sentence(notice),
    }


def _channel(slug: str) -> Channel:
    if slug not in ALL:
        raise misused(f"“{slug}” is no channel; they are {', '.join(ALL)}")
    return ALL[slug]


def _printable(text: str) -> str:
    """Half characters, of which a notice may tell, as JSON writes them: no terminal takes them."""
    return text.encode(errors="backslashreplace").decode()


def _payload(file: str) -> Any:
    content = _content(file)
    if len(content) > LARGEST:
        raise misused(f"{file} is too large to be a message")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise misused(f"{file} is not UTF-8: byte {error.start + 1} is not") from error
    except RecursionError as error:
        raise misused(f"{file} is nested too deeply to be a message") from error
    except ValueError as error:
        raise misused(f"{file} is not JSON: {error}") from error


def _content(file: str) -> bytes:
    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise misused(f"{file}: {error.strerror}") from error
    except ValueError as error:  # a name that no file can have
        raise misused(f"{file!r}: {error}") from error
