"""Keep slow clients from holding up everybody else: few requests compute, many may wait.

The web server gives each request a thread of its own. Threads that wait for a client are cheap and
may be many; of those that compute there are never more than `limit`, because more of them make
Django slower. A request takes its turn when its whole body has arrived, and gives it back before
the client takes the answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from threading import Semaphore
from time import monotonic
from typing import IO, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# A larger body waits in a temporary file.
IN_MEMORY = 2**20
BLOCK = 2**16
# A body has so many seconds, and one more for each so many bytes of it.
PATIENCE = 20.0
SLOWEST = 500
REASONS = {
    400: "400 Bad Request",
    408: "408 Request Timeout",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}


class Refused(Exception):
    """The body is not worth waiting for; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class BodyLimits:
    """How large a body may be: files only where files are taken, and little without a session."""

    signed_out: int
    ordinary: int
    uploads: Mapping[str, int]
    session_cookie: str

    def find(self, environ: Environ) -> int:
        if f"{self.session_cookie}=" not in environ.get("HTTP_COOKIE", ""):
            return self.signed_out
        return self.uploads.get(environ["PATH_INFO"], self.ordinary)


class ConcurrencyLimit:
    """WSGI middleware. Requests for the paths in `apart` need no turn.

    At most `bodies` threads wait for bodies, so that threads are left for everything else, and at
    most `uploads` of them for bodies above the ordinary limit, so that the disk is not filled.
    """

    def __init__(
        self,
        application: Application,
        *,
        limit: int,
        bodies: int,
        uploads: int,
        sizes: BodyLimits,
        apart: Iterable[str],
    ) -> None:
        self._application = application
        self._turns, self._bodies = Semaphore(limit), Semaphore(bodies)
        self._uploads = Semaphore(uploads)
        self._connections = ConnectionPool(limit)
        self._sizes, self._apart = sizes, frozenset(apart)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.file_wrapper"] = File
        try:
            self._read_body(environ)
        except Refused as refused:
            text = REASONS[refused.status]
            headers = [("Content-Type", "text/plain"), ("Connection", "close")]
            start_response(text, headers)
            return [text.encode()]
        with nullcontext() if environ["PATH_INFO"] in self._apart else self._turns:
            connection = self._connections.take()
            try:
                answer = self._application(environ, start_response)
                if getattr(answer, "streaming", False):
                    return self._stream(answer, connection)
                pieces = answer if isinstance(answer, File) else _whole(answer)
            finally:
                self._connections.put_down()
            self._connections.give_back(connection)
        return pieces

    def _stream(self, answer: Any, connection: BaseDatabaseWrapper) -> Iterator[bytes]:
        """A turn for each piece; the connection stays with the answer, which may read from it."""
        pieces = iter(answer)
        try:
            while True:
                with self._turn(connection):
                    piece = next(pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            with self._turn(connection):
                answer.close()
            self._connections.give_back(connection)

    @contextmanager
    def _turn(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        with self._turns:
            self._connections.take(connection)
            try:
                yield
            finally:
                self._connections.put_down()

    def _read_body(self, environ: Environ) -> None:
        """Put the whole body where the application can read it without waiting."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        largest = self._sizes.find(environ)
        if length > largest:
            raise Refused(413)
        if not length and "HTTP_TRANSFER_ENCODING" not in environ:
            return
        if not self._bodies.acquire(blocking=False):
            raise Refused(503)
        try:
            with ExitStack() as held:
                environ["wsgi.input"] = self._copy(environ["wsgi.input"], length, largest, held)
        finally:
            self._bodies.release()

    def _copy(self, source: IO[bytes], length: int, largest: int, held: ExitStack) -> IO[bytes]:
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        begin, size, is_upload = monotonic(), 0, False
        # The server's `read` waits for as much as it is asked for: little at first, to notice
        # a client that drips.
        while piece := source.read(min(max(size, 1_000), BLOCK)):
            size += body.write(piece)
            if size > largest:
                raise Refused(413)
            if size > self._sizes.ordinary and not is_upload:
                if not self._uploads.acquire(blocking=False):
                    raise Refused(503)
                held.callback(self._uploads.release)
                is_upload = True
            if monotonic() - begin > PATIENCE + size / SLOWEST:
                raise Refused(408)
        if size < length:
            raise Refused(400)
        body.seek(0)
        return body


class ConnectionPool:
    """Database connections that go with a request instead of with a thread.

    Django keeps one for each thread, and here threads are many. `size` stay open between requests.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._idle: list[BaseDatabaseWrapper] = []

    def take(self, connection: BaseDatabaseWrapper | None = None) -> BaseDatabaseWrapper:
        """Makes it the one that this thread works with."""
        if connection is None:
            connection = self._idle.pop() if self._idle else _new_connection()
        connections[DEFAULT_DB_ALIAS] = connection
        return connection

    def put_down(self) -> None:
        del connections[DEFAULT_DB_ALIAS]

    def give_back(self, connection: BaseDatabaseWrapper) -> None:
        if len(self._idle) < self._size:
            self._idle.append(connection)
        else:
            connection.close()


class File:
    """`wsgi.file_wrapper`: reading a file needs no turn."""

    def __init__(self, file: IO[bytes], block_size: int = BLOCK) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(BLOCK):
            yield piece

    def close(self) -> None:
        self._file.close()


def _whole(answer: Any) -> list[bytes]:
    try:
        return list(answer)
    finally:
        answer.close()


def _new_connection() -> BaseDatabaseWrapper:
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    connection.inc_thread_sharing()
    return connection
