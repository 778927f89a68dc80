"""Compiles translations without gettext's own tools: each `.po` to its `.mo`."""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def main() -> int:
    for source in sorted(LOCALE.rglob("*.po")):
        try:
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        except OSError as error:
            print(f"This catalogue cannot be read: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
