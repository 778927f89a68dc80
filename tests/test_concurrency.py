"""Slow clients hold up nobody: the limit by itself, and 200 of them against the real server."""

import io
import socket
import sys
import threading
import urllib.request
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connections
from django.urls import resolve

from config.concurrency import BodyLimits, ConcurrencyLimit
from tests.homes import SqliteHome
from tests.servers import wait_for

TOKEN = "a" * 32
FORM = (
    f"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken={TOKEN}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
)


class Whole(list):
    streaming = False

    def close(self):
        pass


class Stream:
    """An answer in pieces, as Django's streaming answers are."""

    streaming = True

    def __init__(self, pieces):
        self.pieces, self.is_closed = pieces, False

    def __iter__(self):
        return iter(self.pieces)

    def close(self):
        self.is_closed = True


class SlowBody:
    """A body of which no more than `at_once` comes before `arrives` is set."""

    def __init__(self, body=b"", *, at_once=0):
        self.body, self.at_once, self.arrives = io.BytesIO(body), at_once, threading.Event()

    def read(self, size):
        if self.body.tell() >= self.at_once:
            assert self.arrives.wait(30)
        return self.body.read(size)


SIZES = BodyLimits(
    signed_out=10, ordinary=1_000, uploads={"/upload/": 3_000}, session_cookie="sessionid"
)


def limited(application):
    return ConcurrencyLimit(
        application, limit=1, bodies=2, uploads=1, sizes=SIZES, apart=["/healthz"]
    )


def ask(application, path="/", **environ):
    statuses = []
    cookie = {"HTTP_COOKIE": "csrftoken=x; sessionid=y"}
    environ = {"PATH_INFO": path, "wsgi.input": io.BytesIO(), **cookie} | environ
    answer = application(environ, lambda status, _headers: statuses.append(status))
    return [*statuses, *answer]


def post(application, body, *, length, path="/"):
    return ask(application, path, **{"wsgi.input": body, "CONTENT_LENGTH": str(length)})


def in_thread(function, *args, **options):
    thread = threading.Thread(target=function, args=args, kwargs=options, daemon=True)
    thread.start()
    return thread


def test_a_body_that_does_not_come_takes_no_turn():
    def echo(environ, start):
        start("200 OK", [])
        return Whole([environ["wsgi.input"].read()])

    application, answers, slow = limited(echo), [], SlowBody(b"late")
    thread = in_thread(lambda: answers.append(post(application, slow, length=4)))

    first = post(application, io.BytesIO(b"soon"), length=4)
    slow.arrives.set()
    thread.join(30)

    assert first == ["200 OK", b"soon"]
    assert answers == [["200 OK", b"late"]]


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (b"x", 1_001, "413 Content Too Large"),
        (b"x" * 1_001, 0, "413 Content Too Large"),
        (b"cut", 4, "400 Bad Request"),
    ],
)
def test_a_body_that_is_not_worth_waiting_for_reaches_nobody(body, length, status):
    def application(environ, start):
        raise AssertionError("it was asked")

    environ = {"wsgi.input": io.BytesIO(body), "HTTP_TRANSFER_ENCODING": "chunked"}
    if length:
        environ["CONTENT_LENGTH"] = str(length)

    assert ask(limited(application), **environ) == [status, status.encode()]


@pytest.mark.parametrize(
    ("path", "cookie", "length", "status"),
    [
        ("/", "csrftoken=x", 10, "200 OK"),
        ("/", "csrftoken=x", 11, "413 Content Too Large"),
        ("/upload/", "", 11, "413 Content Too Large"),
        ("/", "sessionid=y", 1_000, "200 OK"),
        ("/", "sessionid=y", 1_001, "413 Content Too Large"),
        ("/upload/", "sessionid=y", 3_000, "200 OK"),
        ("/upload/", "sessionid=y", 3_001, "413 Content Too Large"),
    ],
)
@pytest.mark.parametrize("is_declared", [True, False])
def test_large_bodies_are_for_uploads_of_people(path, cookie, length, status, is_declared):
    application = limited(lambda environ, start: start("200 OK", []) or Whole([b"page"]))
    environ = {"wsgi.input": io.BytesIO(b"x" * length), "HTTP_COOKIE": cookie}
    environ |= {"CONTENT_LENGTH": str(length)} if is_declared else {}

    answer = ask(application, path, **environ, HTTP_TRANSFER_ENCODING="chunked")

    assert answer[0] == status


def test_one_slow_upload_too_many_is_refused_and_forms_are_not():
    application = limited(lambda environ, start: start("200 OK", []) or Whole([b"page"]))
    large = SlowBody(b"x" * 2_000, at_once=1_500)
    thread = in_thread(post, application, large, length=2_000, path="/upload/")
    wait_for(lambda: application._uploads._value == 0, what="the slow upload")

    second = post(application, io.BytesIO(b"x" * 2_000), length=2_000, path="/upload/")
    form = post(application, io.BytesIO(b"x" * 900), length=900)
    large.arrives.set()
    thread.join(30)

    assert second[0] == "503 Service Unavailable"
    assert form == ["200 OK", b"page"]
    assert post(application, io.BytesIO(b"x" * 2_000), length=2_000, path="/upload/")[0] == "200 OK"


def test_uploads_are_let_in_where_there_are_pages_for_them():
    views = {resolve(path).url_name for path in settings.LARGEST_UPLOADS}

    assert views == {"contacts_import", "library_import", "pictures"}


def test_so_many_slow_bodies_leave_threads_for_the_rest():
    application = limited(lambda environ, start: start("200 OK", []) or Whole([b"page"]))
    bodies = [SlowBody(), SlowBody()]
    threads = [in_thread(post, application, body, length=9) for body in bodies]
    wait_for(lambda: application._bodies._value == 0, what="both bodies to be waited for")

    refused = post(application, io.BytesIO(b"soon"), length=4)
    page = ask(application)
    for body in bodies:
        body.arrives.set()
    for thread in threads:
        thread.join(30)

    assert refused == ["503 Service Unavailable", b"503 Service Unavailable"]
    assert page == ["200 OK", b"page"]
    assert post(application, io.BytesIO(b"soon"), length=4) == ["200 OK", b"page"]


def test_health_needs_no_turn():
    computes, is_done = threading.Event(), threading.Event()

    def busy(environ, start):
        start("200 OK", [])
        if environ["PATH_INFO"] == "/":
            computes.set()
            assert is_done.wait(30)
        return Whole([b"ok"])

    application = limited(busy)
    thread = in_thread(ask, application)
    assert computes.wait(30)

    answer = ask(application, "/healthz")
    is_done.set()
    thread.join(30)

    assert answer == ["200 OK", b"ok"]


def test_a_streamed_answer_leaves_piece_by_piece_and_takes_a_turn_for_each():
    stream = Stream(iter([b"first", b"second"]))

    def application(environ, start):
        start("200 OK", [])
        return stream if environ["PATH_INFO"] == "/stream" else Whole([b"page"])

    application = limited(application)
    pieces = iter(application({"PATH_INFO": "/stream"}, lambda *_: None))

    assert next(pieces) == b"first"
    # Its client is slow; another one is not.
    assert ask(application) == ["200 OK", b"page"]
    assert [*pieces] == [b"second"]
    assert stream.is_closed


def test_a_stream_that_its_client_leaves_is_closed():
    stream = Stream(iter([b"first", b"second"]))
    pieces = limited(lambda _environ, _start: stream)({"PATH_INFO": "/"}, lambda *_: None)
    next(pieces)

    pieces.close()

    assert stream.is_closed


def test_a_stream_keeps_its_connection_and_threads_have_none():
    """Two requests in two threads share one connection; a stream among them has another."""
    used = []

    def application(environ, start):
        def pieces():
            for _ in range(2):
                used.append(id(connections["default"]))
                yield b"piece"

        start("200 OK", [])
        if environ["PATH_INFO"] == "/stream":
            return Stream(pieces())
        used.append(id(connections["default"]))
        return Whole([b"page"])

    application = limited(application)
    answer = application({"PATH_INFO": "/stream"}, lambda *_: None)
    next(answer)
    for _ in range(2):
        in_thread(ask, application).join(30)
    list(answer)

    stream, page, other_page, stream_again = used
    assert stream == stream_again
    assert page == other_page != stream


@pytest.fixture
def web():
    """The real web server alone, with a large file to take slowly."""
    with SqliteHome() as home:
        home.manage("collectstatic", "--no-input", "--verbosity=0")
        (home.folder / "static" / "large.bin").write_bytes(b"\0" * 20_000_000)
        home.run([sys.executable, "-m", "scripts.web"])
        wait_for(lambda: answers(home, "/healthz"), what="the web server")
        yield home


def answers(home, path):
    try:
        return page(home, path)
    except OSError:
        return None


def page(home, path):
    with urllib.request.urlopen(home.url + path, timeout=20) as response:
        return response.read()


def connect(home, words, *, takes=None):
    client = socket.socket()
    if takes:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
    client.connect(("127.0.0.1", home.port))
    client.sendall(words.encode())
    return client


def idle(home):
    client = connect(home, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    client.recv(1_000)
    return client


SLOW = {
    "headers": lambda home: connect(home, "GET / HTTP/1.1\r\nHost: localhost\r\nX-"),
    "body": lambda home: connect(home, f"{FORM}Content-Length: 1000\r\n\r\nlogin=a"),
    "chunks": lambda home: connect(home, f"{FORM}Transfer-Encoding: chunked\r\n\r\n5\r\nlogin"),
    "reading": lambda home: connect(
        home, "GET /static/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n", takes=2_048
    ),
    "idle": idle,
}


@pytest.mark.parametrize("kinds", [[kind] for kind in SLOW] + [list(SLOW)], ids="-".join)
def test_pages_are_shown_beside_two_hundred_slow_connections(web, kinds):
    with ExitStack() as stack:
        for number in range(200):
            stack.enter_context(SLOW[kinds[number % len(kinds)]](web))

        pages = [page(web, "/accounts/login/") for _ in range(10)]

    assert all(b"csrfmiddlewaretoken" in text for text in pages)
    assert page(web, "/healthz") == b"ok"
