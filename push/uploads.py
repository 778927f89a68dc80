"""A file of contacts on its way in: put aside, read, imported when its owner says so."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from composer.vocabulary.words import gettext_noop as _
from people import record
from push import importing, rejects
from push.importing import Counts, Source
from push.models import Import
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, Unreadable

State = Import.State

LIMIT = 200 * 2**20
# Up to here a person waits for the answer; beyond, the worker does it and the page shows how far.
SMALL_FILE = 2 * 2**20
SMALL = 20_000
KEPT = timedelta(days=1)
STALE = timedelta(minutes=2)
ROWS_SHOWN = 8
LEFT_OUT_SHOWN = 100
SHOWN_MAX = 120


def receive(
    pieces: Iterable[bytes],
    *,
    owner: User | AnonymousUser,
    file_name: str,
    channel: str,
    account: str = "",
) -> Import:
    """Puts the file aside under a name nobody can guess, and reads it."""
    tidy(timezone.now())
    found = Import(
        owner_id=int(owner.pk or 0), file_name=file_name[:200], channel=channel, account=account
    )
    _folder().mkdir(mode=0o700, exist_ok=True)
    path_of(found).touch(mode=0o600)
    with path_of(found).open("wb") as file:
        for piece in pieces:
            file.write(piece)
    found.save()
    if path_of(found).stat().st_size <= SMALL_FILE:
        check(found)
    else:
        check_later.enqueue(found.pk)
    return found


def start(found: Import) -> bool:
    """Imports what was read; False when somebody pressed before, or the file is gone."""
    now = timezone.now()
    stopped = Q(state=State.RUNNING, touched_at__lt=now - STALE)
    claimed = _row(found).filter(Q(state=State.CHECKED) | stopped)
    if not path_of(found).exists() or not claimed.update(
        state=State.WAITING, touched_at=now, share=0
    ):
        return False
    if found.total <= SMALL:
        perform(found)
    else:
        perform_later.enqueue(found.pk)
    return True


def check_again(found: Import) -> bool:
    """For a reading whose worker died; False when it needs no help."""
    now = timezone.now()
    stopped = _row(found).filter(state=State.CHECKING, touched_at__lt=now - STALE)
    if not stopped.update(touched_at=now):
        return False
    check_later.enqueue(found.pk)
    return True


def discard(found: Import) -> None:
    if (
        _row(found)
        .filter(state__in=[State.CHECKING, State.CHECKED, State.FAILED])
        .update(state=State.DISCARDED)
    ):
        _forget(found)


def is_stopped(found: Import, now: datetime) -> bool:
    """Whether nothing has been heard of its worker for a while."""
    return found.state in {State.CHECKING, State.RUNNING} and found.touched_at < now - STALE


def tidy(now: datetime) -> None:
    """Deletes what is older than a day, files and all; broken-off ones as well."""
    for old in Import.objects.filter(created_at__lt=now - KEPT).exclude(understood={}):
        _forget(old)
        _row(old).update(understood={})
    oldest = (now - KEPT).timestamp()
    for path in _folder().glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def path_of(found: Import) -> Path:
    return _folder() / found.key.hex


def rejects_of(found: Import) -> Path:
    return _folder() / f"{found.key.hex}.rejects"


@task
def check_later(key: int) -> None:
    check(Import.objects.get(pk=key))


@task
def perform_later(key: int) -> None:
    perform(Import.objects.get(pk=key))


def check(found: Import) -> None:
    """The dry run: counts, the first rows as understood, and what would be left out."""
    sample = Sample()
    counts = _run(found, is_dry=True, on_row=sample.take)
    if counts is not None:
        understood = sample.understood | found.understood
        _row(found).filter(state=State.CHECKING).update(
            state=State.CHECKED, share=1, understood=understood, **asdict(counts)
        )


def perform(found: Import) -> None:
    """The import itself; whoever comes second finds nothing to do."""
    if not _row(found).filter(state=State.WAITING).update(state=State.RUNNING):
        return
    counts = _run(found, is_dry=False, on_row=lambda item: None)
    if counts is not None:
        _row(found).update(state=State.DONE, share=1, finished_at=timezone.now(), **asdict(counts))
        record.note(found.owner, "imported contacts", target=found.file_name, **asdict(counts))
        path_of(found).unlink(missing_ok=True)


class Sample:
    """The first rows as they were understood, and the first that are left out."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._left_out: list[dict[str, Any]] = []

    @property
    def understood(self) -> dict[str, Any]:
        return {"rows": self._rows, "left_out": self._left_out}

    def take(self, item: ParsedRow | Rejection) -> None:
        if isinstance(item, Rejection):
            if len(self._left_out) < LEFT_OUT_SHOWN:
                self._left_out.append(_kept(item))
        elif len(self._rows) < ROWS_SHOWN:
            self._rows.append(_understood(item))


def _run(
    found: Import, *, is_dry: bool, on_row: Callable[[ParsedRow | Rejection], None]
) -> Counts | None:
    """None when the file will not do; then the import says why."""
    try:
        with importing.opened(path_of(found)) as source:
            found.understood = _about(source)
            with rejects.written(rejects_of(found), source.columns.header) as keep:

                def both(item: ParsedRow | Rejection) -> None:
                    keep(item)
                    on_row(item)

                return importing.run(
                    source,
                    channel=found.channel,
                    account=found.account,
                    is_dry=is_dry,
                    on_row=both,
                    on_batch=_progress_of(found),
                )
    except Unreadable as error:
        _fail(found, error.sentence)
    except OSError as error:
        _fail(found, Sentence(_("The file could not be read: %(why)s."), {"why": error.strerror}))
    return None


def _progress_of(found: Import) -> Callable[[Counts, float], None]:
    """Writes down how far it is, about once a second."""
    next_at = 0.0

    def progress(counts: Counts, share: float) -> None:
        nonlocal next_at
        if time.monotonic() >= next_at:
            next_at = time.monotonic() + 1
            _row(found).update(share=share, touched_at=timezone.now(), **asdict(counts))

    return progress


def _about(source: Source) -> dict[str, Any]:
    return {
        "read_as": source.table.read_as,
        "attributes": [name for _place, name in source.columns.attributes],
        "notes": [asdict(note) for note in source.columns.notes],
    }


def _understood(row: ParsedRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "id": row.id,
        "name": row.name,
        "tags": list(row.tags or ()),
        "account": row.account or "",
        "values": [_cut(value) for value in row.attributes.values()],
    }


def _kept(item: Rejection) -> dict[str, Any]:
    return {
        "line": item.line,
        "row": _cut(" · ".join(cell for cell in item.cells if cell).replace("\0", "␀")),
        "reason": asdict(item.reason),
    }


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}…"


def _fail(found: Import, why: Sentence) -> None:
    _row(found).update(state=State.FAILED, problem=asdict(why), finished_at=timezone.now())
    path_of(found).unlink(missing_ok=True)


def _forget(found: Import) -> None:
    path_of(found).unlink(missing_ok=True)
    rejects_of(found).unlink(missing_ok=True)


def _row(found: Import) -> Any:
    return Import.objects.filter(pk=found.pk)


def _folder() -> Path:
    return settings.DATA_DIR / "uploads"
