"""The icons' style sheet: a mask for each name in `static/icons.txt`, drawn by Bootstrap Icons.

An icon is one empty element that takes its colour from the text. As `<svg><use>` it is five or
more, and a carousel's form has hundreds of icons.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

DRAWING = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<inside>.*)</svg>', re.DOTALL)


class Unknown(ValueError):
    """Bootstrap Icons has no drawing of that name."""


def sheet(names: Iterable[str], folder: Path) -> str:
    return "".join(f"{mask(name, folder)}\n" for name in sorted(set(names)))


def mask(name: str, folder: Path) -> str:
    path = folder / f"{name}.svg"
    if not path.exists():
        raise Unknown(f"static/icons.txt names “{name}”, which Bootstrap Icons does not have.")
    drawing = DRAWING.search(path.read_text(encoding="utf-8"))
    assert drawing, f"{path} is not a drawing"
    inside = " ".join(drawing["inside"].split())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing["box"]}">{inside}</svg>'
    address = quote(svg.replace('"', "'"), safe=" ='/:,")
    return f'[data-icon="{name}"] {{ mask-image: url("data:image/svg+xml,{address}"); }}'
