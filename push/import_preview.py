"""How a file of contacts was understood, column by column, for whoever decides on it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from push.columns import Columns
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, shortened

VALUES_SHOWN = 3
LEFT_OUT_SHOWN = 100
SHOWN_MAX = 120


@dataclass
class Summary:
    """One remark on the cells of a column: how many rows, the first of them, and its words."""

    sentence: Sentence
    line: int
    count: int = 0


class Preview:
    """The first values of each column, what was changed, and the first rows left out."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._fields = {place: name for name, place in columns.places.items()}
        self._attributes = dict(columns.attributes)
        self._rows: list[ParsedRow] = []
        self._left_out: list[dict[str, Any]] = []
        self._remarks: dict[tuple[int, str], Summary] = {}

    def take(self, item: ParsedRow | Rejection) -> None:
        if isinstance(item, Rejection):
            if len(self._left_out) < LEFT_OUT_SHOWN:
                self._left_out.append(_left_out(item))
            return
        if len(self._rows) < VALUES_SHOWN:
            self._rows.append(item)
        for remark in item.remarks:
            key = (remark.place, remark.sentence.text)
            self._remarks.setdefault(key, Summary(remark.sentence, item.line)).count += 1

    @property
    def understood(self) -> dict[str, Any]:
        """As JSON keeps it."""
        said = {place for place, _text in self._remarks}
        titled = enumerate(self._columns.header)
        columns = [self._column(place) for place, title in titled if title or place in said]
        return {"columns": columns, "left_out": self._left_out}

    def remarks(self) -> Iterator[tuple[str, Summary]]:
        """Each with the header of its column, in the order of the columns."""
        for (place, _text), summary in sorted(self._remarks.items(), key=lambda item: item[0][0]):
            yield shortened(self._columns.header[place]) or f"#{place + 1}", summary

    def _column(self, place: int) -> dict[str, Any]:
        remarks = [found for (at, _text), found in self._remarks.items() if at == place]
        return {
            "number": place + 1,
            "title": shortened(self._columns.header[place]),
            "field": self._fields.get(place, ""),
            "attribute": self._attributes.get(place, ""),
            "values": [self._value(place, row) for row in self._rows],
            "remarks": [asdict(remark) for remark in remarks],
        }

    def _value(self, place: int, row: ParsedRow) -> str | None:
        """None where the contact's own value stays."""
        if name := self._attributes.get(place):
            return _shown(row.attributes, name)
        match self._fields.get(place):
            case "tags":
                return None if row.tags is None else "; ".join(row.tags)
            case "account":
                return row.account or ""
            case None:
                return ""
            case name:
                value: str | None = getattr(row, name)
                return None if value is None else _cut(value)


def _shown(values: Mapping[str, str], name: str) -> str | None:
    return _cut(values[name]) if name in values else None


def _left_out(item: Rejection) -> dict[str, Any]:
    return {
        "line": item.line,
        "row": _cut(_joined(item.cells)),
        "reason": asdict(item.reason),
    }


def _joined(cells: Sequence[str]) -> str:
    return " · ".join(cell for cell in cells if cell).replace("\0", "␀")


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}…"
