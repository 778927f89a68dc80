"""A file of contacts on its way in: put aside, read, imported when its owner says so."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import DatabaseError
from django.utils import timezone
from django_tasks import task

from composer.vocabulary.words import gettext_noop as _
from people import record
from push import engine, importing, rejects
from push.importing import NOTHING, Counts, Source
from push.models import Import
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, Unreadable

logger = logging.getLogger(__name__)

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
DATABASE_STOPPED = _(
    "The database refused (%(why)s). What was imported so far is kept: "
    "tell an administrator, then import the file again."
)
UNDER_WAY = (State.CHECKING, State.WAITING, State.RUNNING)


class Stopping(Exception):
    """The worker is asked to end: another one goes on from here."""


def receive(
    pieces: Iterable[bytes],
    *,
    owner: User | AnonymousUser,
    file_name: str,
    channel: str,
    account: str = "",
) -> Import:
    """Puts the file aside under a name nobody can guess, and reads it. Raises OSError."""
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
    fresh = {"state": State.WAITING, "touched_at": timezone.now(), "share": 0}
    is_small, claimed = found.total <= SMALL, _row(found).filter(state=State.CHECKED)
    if not path_of(found).exists() or not claimed.update(**fresh, **asdict(NOTHING)):
        return False
    if is_small:
        perform(found)
    else:
        perform_later.enqueue(found.pk)
    return True


def discard(found: Import) -> None:
    if (
        _row(found)
        .filter(state__in=[State.CHECKING, State.CHECKED, State.FAILED])
        .update(state=State.DISCARDED)
    ):
        _forget(found)


def is_late(found: Import, now: datetime) -> bool:
    """Whether no worker has been heard of for a while."""
    return found.state in UNDER_WAY and found.touched_at < now - STALE


def revive(now: datetime) -> None:
    """Goes on with what a dead worker left, and hints again where a hint was lost."""
    for found in Import.objects.filter(state__in=UNDER_WAY, touched_at__lt=now - STALE):
        _revive(found, now)


def _revive(found: Import, now: datetime) -> None:
    is_read = found.state != State.CHECKING
    state = State.WAITING if is_read else State.CHECKING
    same = _row(found).filter(state=found.state, touched_at=found.touched_at)
    if same.update(state=state, touched_at=now):
        (perform_later if is_read else check_later).enqueue(found.pk)


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
    if not _row(found).filter(state=State.CHECKING).exists():
        return
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
    found.refresh_from_db()
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
                    done=NOTHING if is_dry else _counts(found),
                    on_row=both,
                    on_batch=_progress_of(found),
                )
    except Unreadable as error:
        _fail(found, error.sentence)
    except DatabaseError as error:
        logger.exception("import %s stopped", found.pk)
        _fail(found, Sentence(DATABASE_STOPPED, {"why": type(error).__name__}))
    except Stopping:
        _hand_over(found)
    except OSError as error:
        _fail(found, Sentence(_("The file could not be read: %(why)s."), {"why": error.strerror}))
    return None


def _progress_of(found: Import) -> Callable[[Counts, float], None]:
    """Writes down how far it is after each batch, so that another worker can go on from there."""

    def progress(counts: Counts, share: float) -> None:
        _row(found).update(share=share, touched_at=timezone.now(), **asdict(counts))
        if engine.stopping.is_set():
            raise Stopping

    return progress


def _hand_over(found: Import) -> None:
    """To the next worker, at once."""
    found.refresh_from_db()
    _revive(found, timezone.now())


def _counts(found: Import) -> Counts:
    return Counts(found.created, found.updated, found.unchanged, found.rejected)


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
