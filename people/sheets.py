"""CSV that a spreadsheet opens without running what a stranger wrote into it."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# A cell that begins so is a formula to Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The sheet line by line, after the mark that tells Excel it is UTF-8."""
    yield "\ufeff"
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def answer(rows: Iterable[Iterable[object]], *, name: str) -> StreamingHttpResponse:
    """The sheet as a download, streamed."""
    response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
