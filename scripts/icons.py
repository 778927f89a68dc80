"""The icon sprite: one `<symbol>` for each name in `static/icons.txt`, drawn by Bootstrap Icons."""

import re
from collections.abc import Iterable
from pathlib import Path

DRAWING = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<inside>.*)</svg>', re.DOTALL)


class Unknown(ValueError):
    """Bootstrap Icons has no drawing of that name."""


def sprite(names: Iterable[str], folder: Path) -> str:
    symbols = "\n".join(symbol(name, folder) for name in sorted(set(names)))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(name: str, folder: Path) -> str:
    path = folder / f"{name}.svg"
    if not path.exists():
        raise Unknown(f"static/icons.txt names “{name}”, which Bootstrap Icons does not have.")
    drawing = DRAWING.search(path.read_text(encoding="utf-8"))
    assert drawing, f"{path} is not a drawing"
    inside = " ".join(drawing["inside"].split())
    return f'<symbol id="{name}" viewBox="{drawing["box"]}" fill="currentColor">{inside}</symbol>'
