"""A file of contacts on its way in: put aside, read, imported when its owner says so.

Only workers read it. One at a time has a go at it, an `Attempt` with a number that each of its
writes names: whoever was taken for dead and goes on writes nothing any more.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import task
from redis.exceptions import RedisError

from composer.vocabulary.words import gettext_noop as _
from people import record
from push import engine, importing, reader_process, rejects
from push.encodings import Undecided
from push.import_preview import Preview
from push.importing import NOTHING, Aim, Counts
from push.models import Import
from push.patience import Patience, is_out_of_reach
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, Unreadable

logger = logging.getLogger(__name__)

State = Import.State

LIMIT = 200 * 2**20
KEPT = timedelta(days=1)
# Whoever works on an import says so ten times before it is taken for dead.
BEATS = 10
# After so long without a word the page says so.
LATE = timedelta(seconds=10)
DATABASE_STOPPED = _(
    "The database refused (%(why)s). What was imported so far is kept: "
    "tell an administrator, then import the file again."
)
PROGRAM_STOPPED = _(
    "The import stopped because of an error in the program (%(why)s). What was imported so far "
    "is kept: tell an administrator, the reason is in the worker's log."
)
# What waits for a worker, and what it is while one has a go at it.
GO = {State.UPLOADED: State.CHECKING, State.WAITING: State.RUNNING}
BACK = {taken: waiting for waiting, taken in GO.items()}
UNDER_WAY = (*GO, *BACK)
# What waits for its owner.
ASKS = (State.UNDECIDED, State.CHECKED)


class Stopping(Exception):
    """The worker is asked to end: another one goes on from here."""


class Lost(Exception):
    """Another worker has taken the import over, or its owner has discarded it."""


def receive(
    pieces: Iterable[bytes],
    *,
    owner: User | AnonymousUser,
    file_name: str,
    channel: str,
    account: str = "",
) -> Import:
    """Puts the file aside under a name nobody can guess, for a worker to read. Raises OSError."""
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
    _hint(found.pk)
    return found


def start(found: Import) -> bool:
    """Has a worker import it; False when somebody pressed before, or the file is gone."""
    fresh = {"state": State.WAITING, "touched_at": Now(), "share": 0, **asdict(NOTHING)}
    if not path_of(found).exists() or not _row(found).filter(state=State.CHECKED).update(**fresh):
        return False
    _hint(found.pk)
    return True


def choose(found: Import, *, encoding: str = "", sheet: str = "") -> bool:
    """Has a worker read it again in this encoding, or this sheet of it; False when it is gone."""
    fresh = {"state": State.UPLOADED, "understood": {}, "touched_at": Now(), "share": 0}
    fresh |= {"problem": {}, "reading": {"encoding": encoding, "sheet": sheet}}
    chosen = _row(found).filter(state__in=ASKS)
    if not path_of(found).exists() or not chosen.update(**fresh, **asdict(NOTHING)):
        return False
    _hint(found.pk)
    return True


def discard(found: Import) -> None:
    waiting = [State.UPLOADED, State.CHECKING, State.UNDECIDED, State.CHECKED, State.FAILED]
    if _row(found).filter(state__in=waiting).update(state=State.DISCARDED):
        _forget(found)


def is_late(found: Import, now: datetime) -> bool:
    """Whether no worker has been heard of for a while."""
    return found.state in UNDER_WAY and found.touched_at < now - LATE


def revive() -> None:
    """Goes on with what a dead worker left, and hints again where a hint was lost."""
    lease = timedelta(seconds=settings.ENGINE_LEASE)
    silent = Import.objects.filter(state__in=UNDER_WAY, touched_at__lt=Now() - lease)
    for key in list(silent.values_list("pk", flat=True)):
        with transaction.atomic():
            # A worker in the middle of a batch holds the row: that one is alive.
            found = silent.filter(pk=key).select_for_update(skip_locked=True).first()
            if found is None:
                continue
            _row(found).update(state=BACK.get(State(found.state), found.state), touched_at=Now())
        if found.state in BACK:
            logger.warning("import %s: attempt %s fell silent", found.pk, found.attempt)
        _hint(found.pk)


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
    return _folder() / f"{found.key.hex}.rejected"


@task
def work_later(key: int) -> None:
    work(key)


def work(key: int) -> None:
    """Reads or imports, whichever it waits for; whoever comes second finds nothing to do."""
    if attempt := take(key):
        perform(attempt)


def perform(attempt: "Attempt") -> None:
    """Whatever happens, the import's page says it."""
    key = attempt.found.pk
    try:
        _check(attempt) if attempt.state == State.CHECKING else _import(attempt)
    except Lost:
        logger.warning("import %s: attempt %s is no longer its own", key, attempt.number)
    except Stopping:
        attempt.give_back()
    except Undecided as error:
        attempt.ask(error)
    except Unreadable as error:
        attempt.undo(error.sentence) if attempt.was_chosen else attempt.fail(error.sentence)
    except OSError as error:
        attempt.fail(Sentence(_("The file could not be read: %(why)s."), {"why": error.strerror}))
    except (DatabaseError, InterfaceError) as error:
        logger.exception("import %s stopped", key)
        attempt.fail(Sentence(DATABASE_STOPPED, {"why": type(error).__name__}))
    except Exception as error:
        logger.exception("import %s stopped", key)
        attempt.fail(Sentence(PROGRAM_STOPPED, {"why": type(error).__name__}))


def take(key: int) -> "Attempt | None":
    with transaction.atomic():
        waiting = Import.objects.filter(pk=key, state__in=GO)
        found = waiting.select_for_update().first()
        if found is None:
            return None
        found.state, found.attempt = GO[State(found.state)], found.attempt + 1
        _row(found).update(state=found.state, attempt=found.attempt, touched_at=Now())
    return Attempt(found)


class Attempt(importing.Keeper):
    """One worker's go at an import, by its number."""

    def __init__(self, found: Import) -> None:
        self.found, self.number, self.state = found, found.attempt, State(found.state)
        self.patience = Patience(engine.stopping)
        self._beat_at = 0.0

    @property
    def was_chosen(self) -> bool:
        """A person said how to read it, and nothing of it has been imported yet."""
        return self.state == State.CHECKING and bool(self.found.reading)

    @property
    def _mine(self) -> QuerySet[Import]:
        return _row(self.found).filter(attempt=self.number, state=self.state)

    @contextmanager
    def lock(self) -> Iterator[Counts]:
        """A transaction in which nobody takes it over; raises Lost when somebody has."""
        with transaction.atomic():
            row = self._mine.select_for_update().first()
            if row is None:
                raise Lost
            yield _counts(row)

    def save(self, counts: Counts, share: float) -> None:
        """With the batch: from here another worker goes on."""
        self._mine.update(share=share, touched_at=Now(), **asdict(counts))
        self._beat_at = time.monotonic()

    def beat(self, share: float) -> None:
        """Between batches, and where there is none for long."""
        if engine.stopping.is_set():
            raise Stopping
        if time.monotonic() - self._beat_at < settings.ENGINE_LEASE / BEATS:
            return
        self._beat_at = time.monotonic()
        try:
            is_mine = self._mine.update(share=share, touched_at=Now())
        except (DatabaseError, InterfaceError) as error:
            # The next batch waits until the database is back.
            if not is_out_of_reach(error):
                raise
        else:
            if not is_mine:
                raise Lost

    def end(self, state: State, **values: Any) -> None:
        """Within its transaction."""
        self._mine.update(state=state, touched_at=Now(), **values)

    def give_back(self) -> None:
        """To the next worker, at once."""
        if self._mine.update(state=BACK[self.state], touched_at=Now()):
            _hint(self.found.pk)

    def ask(self, error: Undecided) -> None:
        """The file stays until somebody has chosen, or a day has gone."""
        told = {"encodings": [asdict(each) for each in error.candidates]}
        self._mine.update(state=State.UNDECIDED, understood=told, touched_at=Now())

    def undo(self, why: Sentence) -> None:
        """The file is read again as nobody chose, for the choice did not fit it."""
        problem = {"problem": asdict(why), "reading": {}}
        if self._mine.update(state=BACK[self.state], touched_at=Now(), **problem):
            _hint(self.found.pk)

    def fail(self, why: Sentence) -> None:
        problem = {"problem": asdict(why), "finished_at": Now()}
        if self._mine.update(state=State.FAILED, touched_at=Now(), **problem):
            path_of(self.found).unlink(missing_ok=True)


def _check(attempt: Attempt) -> None:
    """The dry run: counts, the first rows as understood, and what would be left out."""
    found = attempt.found
    aim = Aim(found.channel, found.account, is_dry=True)
    report_path = rejects_of(found).with_suffix(f".{attempt.number}")
    try:
        with (
            path_of(found).open("rb") as file,
            reader_process.opened(file, on_wait=attempt.beat, **found.reading) as source,
            report_path.open("w", encoding="utf-8") as report_file,
        ):
            report = rejects.Report(report_file, source.columns.header)
            preview = Preview(source.columns)

            def both(item: ParsedRow | Rejection) -> None:
                report.take(item)
                preview.take(item)

            counts = importing.run(
                source, aim, on_row=both, keeper=attempt, patience=attempt.patience
            )
            report.end()
        understood = source.about | preview.understood | {"reported": report.kept}
        with attempt.lock():
            report_path.replace(rejects_of(found))
            attempt.end(State.CHECKED, share=1, understood=understood, **asdict(counts))
    finally:
        report_path.unlink(missing_ok=True)


def _import(attempt: Attempt) -> None:
    """The import itself, from where an earlier attempt ended."""
    found, done = attempt.found, _counts(attempt.found)
    with (
        path_of(found).open("rb") as file,
        reader_process.opened(
            file, skip=done.total, on_wait=attempt.beat, **found.reading
        ) as source,
    ):
        aim = Aim(found.channel, found.account)
        counts = importing.run(source, aim, done=done, keeper=attempt, patience=attempt.patience)
    importing.insist(lambda: _finish(attempt, counts), attempt.patience)
    path_of(found).unlink(missing_ok=True)


def _finish(attempt: Attempt, counts: Counts) -> None:
    found = attempt.found
    with attempt.lock():
        attempt.end(State.DONE, share=1, finished_at=Now())
        record.note(found.owner, "imported contacts", target=found.file_name, **asdict(counts))


def _counts(found: Import) -> Counts:
    return Counts(found.created, found.updated, found.unchanged, found.rejected)


def _hint(key: int) -> None:
    """Asks the queue; where that is out of reach, a worker soon finds the import by itself."""
    try:
        work_later.enqueue(key)
    except (DatabaseError, InterfaceError, RedisError, OSError) as error:
        logger.warning("a hint was lost, import %s is not: %s", key, error)


def _forget(found: Import) -> None:
    path_of(found).unlink(missing_ok=True)
    rejects_of(found).unlink(missing_ok=True)


def _row(found: Import) -> QuerySet[Import]:
    return Import.objects.filter(pk=found.pk)


def _folder() -> Path:
    return settings.DATA_DIR / "uploads"
