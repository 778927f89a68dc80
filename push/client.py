"""Posting to FIRST LINE: one connection for each sender, at most one try for each post.

The only file that imports requests. Whether a message may have arrived hangs on one fact: had
the first byte left? The connection itself says so, whatever the exception looks like.
"""

import json
import logging
import threading
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection as PlainConnection
from http.client import HTTPException
from typing import Any

import requests
import urllib3
from django.conf import settings
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from push import attempts, clock, tokens
from push.attempts import Attempt
from push.errors import Misconfigured
from push.outcomes import Reply, Trouble

logger = logging.getLogger(__name__)

PATH = "/api/v1/message/push"
# Of an answer's text only the beginning is kept; the rest is read to see that it ends.
KEPT = 4_096
# A connection that idled longer than this may be closed by the server just as we post on it,
# which would make a delivery uncertain for nothing (Apache and Node wait five seconds).
IDLE = 3.0
LONGEST_WAIT = 3_600.0
FAILURES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    HTTPException,
    OSError,
    # What http.client and ssl say when the socket is shut down under them.
    ValueError,
    AttributeError,
)


_here = threading.local()


class Telling(PlainConnection):
    """Tells its attempt when the first byte is about to leave: connected, and TLS agreed on.

    Head and body, which every post has, leave together: one call to the kernel, one packet, and
    one awakening of the server instead of two.
    """

    _head: bytes | None = None

    def connect(self) -> None:
        began = clock.now()
        super().connect()
        _here.attempt.connecting += clock.now() - began

    def send(self, data: Any) -> None:
        if self._head is None:
            self._head = data
            return
        if self.sock is None:
            self.connect()
        _here.attempt.leave(self.sock)
        head, self._head = self._head, None
        super().send(head + data)

    def close(self) -> None:
        self._head = None
        super().close()


class Connection(Telling, HTTPConnection):
    """Over plain TCP."""


class TlsConnection(Telling, HTTPSConnection):
    """Over TLS."""


class Pool(HTTPConnectionPool):
    ConnectionCls = Connection


class TlsPool(HTTPSConnectionPool):
    ConnectionCls = TlsConnection


class Adapter(HTTPAdapter):
    """One connection, never a second try: a retry down here would break at-most-once.

    Used without a session, which would follow redirects, keep cookies and mind the environment's
    proxies: nothing of that may happen to a post.
    """

    _pool: Any = None

    def __init__(self) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": TlsPool}

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Found once: every post goes to one address."""
        if self._pool is None:
            self._pool = super().get_connection_with_tls_context(*args, **kwargs)
        return self._pool

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """Where there is no proxy to look for, it is the path."""
        return request.path_url

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """What is read of an answer, without its cookies and its encoding."""
        response = requests.Response()
        response.status_code, response.raw = resp.status, resp
        response.headers = CaseInsensitiveDict(resp.headers)
        return response

    def close(self) -> None:
        super().close()
        self._pool = None


class Client:
    """One sender's connection; belongs to one thread."""

    def __init__(self) -> None:
        self._connect, self._read = settings.FIRSTLINE_TIMEOUT
        self._first = tokens.known()[0].key
        self._requests = {token.key: _prepared(token.secret) for token in tokens.known()}
        self._adapter = Adapter()
        self._last = clock.now()
        self._watch = attempts.watching()

    def post(
        self,
        body: bytes,
        token: str | None = None,
        *,
        leave_by: float = float("inf"),
        due_by: float = float("inf"),
    ) -> Reply:
        """Posts once, with the token of this key or the first, and says what came back.

        Not once `leave_by` or `due_by` (by `clock`) has passed: see Attempt. Raises nothing.
        """
        if clock.now() > min(leave_by, due_by):
            return Reply(trouble=Trouble.HALTED)
        if clock.now() - self._last > IDLE:
            self._adapter.close()
        deadline = clock.now() + self._connect + self._read
        attempt = Attempt(deadline, leave_by=leave_by, due_by=due_by)
        _here.attempt = attempt
        self._watch.over(attempt)
        reply = None
        try:
            reply = self._answer(attempt, self._requests[token or self._first], body)
            return reply
        except FAILURES as error:
            return Reply(trouble=_trouble(attempt, error))
        except Exception:
            # A sender that died would keep its post, and its worker the chunk, for ever. What
            # has not left is a bug of this post, and no reason for all others to wait.
            logger.exception("a post failed in an unforeseen way")
            return Reply(trouble=Trouble.LOST if attempt.left else Trouble.UNSENDABLE)
        finally:
            self._watch.done(attempt, is_answered=reply is not None)
            self._last = clock.now()

    def close(self) -> None:
        self._adapter.close()

    def _answer(self, attempt: Attempt, request: requests.PreparedRequest, body: bytes) -> Reply:
        request.body = body
        request.prepare_content_length(body)
        timeout = (self._connect, self._read)
        with self._adapter.send(request, stream=True, timeout=timeout) as response:
            text = _read(response, attempt)
            if text is None:
                return Reply(trouble=Trouble.UNFINISHED)
            return Reply(response.status_code, text, _retry_after(response.headers))


def _prepared(secret: str) -> requests.PreparedRequest:
    """The request without its body; raises Misconfigured, never with the token in the text."""
    authorization = f"{settings.FIRSTLINE_AUTH_SCHEME} {secret}".strip()
    if not (authorization.isascii() and authorization.isprintable()):
        raise Misconfigured("FIRSTLINE_API_TOKEN has characters that no header can carry")
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "message-composer",
    }
    if secret:
        headers["Authorization"] = authorization
    try:
        return requests.Request(
            "POST", f"{settings.FIRSTLINE_API_BASE}{PATH}", headers=headers
        ).prepare()
    except (requests.RequestException, ValueError) as error:
        raise Misconfigured("FIRSTLINE_API_BASE is not an address") from error


def _read(response: requests.Response, attempt: Attempt) -> str | None:
    """The beginning of the answer's text; None when the answer does not end."""
    kept = b""
    try:
        for piece in response.raw.stream(65_536, decode_content=False):
            kept += piece[: KEPT - len(kept)]
            if clock.now() > attempt.deadline:
                return None
    except FAILURES:
        return None
    if attempt.was_cut or (response.status_code == 200 and not _is_whole(response.headers, kept)):
        return None
    return kept.decode(errors="replace")


def _is_whole(headers: Any, body: bytes) -> bool:
    """What ends only because the connection did, perhaps in its head, must be whole JSON."""
    if "Content-Length" in headers or "Transfer-Encoding" in headers:
        return True
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _trouble(attempt: Attempt, error: Exception) -> Trouble:
    if attempt.is_late:
        return Trouble.HALTED
    if not attempt.left:
        is_tls = isinstance(error, requests.exceptions.SSLError)
        return Trouble.TLS if is_tls else Trouble.UNREACHABLE
    if attempt.was_cut or isinstance(error, requests.Timeout | TimeoutError):
        return Trouble.NO_ANSWER
    return Trouble.LOST


def _retry_after(headers: Any) -> float | None:
    """Seconds, given as such or as a time, which is measured by the server's own clock.

    A proxy may add a line of its own: the first one counts.
    """
    given = headers.get("Retry-After", "").strip()
    if not given:
        return None
    first = given.partition(",")[0].strip()
    try:
        seconds = float(first) if first.isdecimal() else _until(given, headers.get("Date"))
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _until(when: str, now: str | None) -> float:
    then = parsedate_to_datetime(when).timestamp()
    return then - (parsedate_to_datetime(now).timestamp() if now else time.time())
