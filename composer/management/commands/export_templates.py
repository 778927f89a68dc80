"""`export_templates [NAME…]`: templates as JSON on standard output."""

import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from typing import Any

from composer import exchange
from composer.models import Template
from people.commandline import OneLine, misused


class Command(OneLine):
    """Writes what `import_templates` takes back."""

    help = "Writes templates as JSON: all but the archived, or those named, archived or not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="a template's name")

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        templates = Template.objects.listed().with_latest().order_by("pk")
        templates = templates.filter(name__in=names) if names else templates.current()
        known = {template.name for template in templates}
        for name in names:
            if name not in known:
                raise misused(f"There is no template named “{name}”.")
        if isinstance(sys.stdout, TextIOWrapper):
            # JSON is UTF-8, whatever the terminal's own encoding.
            sys.stdout.reconfigure(encoding="utf-8")
        self.stdout.write(exchange.dump(templates), ending="")
