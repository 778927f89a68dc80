"""What stands in the log: one line for each event, nothing forged, and an id to find it by."""

import http.client
import logging
import re
import sqlite3
import sys

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.urls import include, path

from config import logs
from people import database_errors, rights
from tests.homes import SqliteHome
from tests.makers import make_user
from tests.servers import free_port, wait_for

ID = "0123456789abcdef"
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+ \[([\w.-]+)\]: ")


def fail(request):
    raise ValueError("lost\n2026-01-01 00:00:00,000 ERROR push [pid-1]: forged")


def damaged(request):
    try:
        raise sqlite3.DatabaseError("database disk image is malformed")
    except sqlite3.DatabaseError as error:
        raise DatabaseError(*error.args) from error


def suspicious(request):
    raise SuspiciousOperation("odd")


class FailsEarly:
    """Middleware whose session cannot be read: no view is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/early/":
            damaged(request)
        return self.get_response(request)


urlpatterns = [
    path("fail/", fail),
    path("damaged/", damaged),
    path("suspicious/", suspicious),
    path("early/", lambda request: HttpResponse("never")),
    path("", include("config.urls")),
]
handler400 = "config.failures.not_understood"
handler500 = "config.failures.server_error"


@pytest.fixture
def log(caplog):
    """The lines of the log, as they are written."""
    formatter = logs.Formatter("{asctime} {levelname} {name} [{id}]: {message}", style="{")
    once = logs.Once()

    def lines():
        said = [formatter.format(record) for record in caplog.records if once.filter(record)]
        return "\n".join(said).splitlines()

    return lines


@pytest.fixture
def broken(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [*django_settings.MIDDLEWARE, f"{__name__}.FailsEarly"]
    client.raise_request_exception = False
    return client


def test_a_record_is_one_line_whatever_stands_in_it():
    hurts = "a\nb\r\x1b[31m\x00\u2028\u2029\x85\u202e\u200b\ud800中文 é🎉"
    record = logging.makeLogRecord({"name": "x", "msg": "%s", "args": (hurts,)})

    line = logs.Formatter("{name}: {message}", style="{").format(record)

    assert line == ("x: a\\nb\\r\\x1b[31m\\x00\\u2028\\u2029\\x85\\u202e\\u200b\\ud800中文 é🎉")
    assert len(line.splitlines()) == 1


def test_a_mistake_is_logged_once_with_the_id_that_the_page_shows(broken, log):
    response = broken.get("/fail/", headers={"X-Request-ID": ID})

    first, *rest = log()
    assert response.status_code == 500
    assert response["X-Request-ID"] == ID
    assert f"Error number: {ID}" in response.content.decode()
    assert LINE.match(first)[1] == ID
    assert first.endswith(" django.request [0123456789abcdef]: Internal Server Error: /fail/")
    assert rest
    assert [line for line in rest if not line.startswith("  | ")] == []
    assert [line for line in rest if LINE.match(line)] == []


@pytest.mark.parametrize("address", ["/damaged/", "/early/"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "The database is damaged"), ("zh-hant", "資料庫已損毀")]
)
def test_a_damaged_database_is_said_on_the_page_and_in_one_line(
    broken, log, address, language, words
):
    response = broken.get(address, headers={"X-Request-ID": ID, "Accept-Language": language})

    [line] = log()
    assert response.status_code == 503
    assert words in response.content.decode()
    assert "go back and try again" not in response.content.decode()
    assert ID in response.content.decode()
    assert line.endswith(
        f"ERROR config.failures [{ID}]: storage failed at {address}: corrupt"
        " (database disk image is malformed)"
    )


def test_a_suspicious_request_is_one_line(broken, log):
    response = broken.get("/suspicious/")

    [line] = log()
    assert response.status_code == 400
    assert line.endswith("]: odd")


@pytest.mark.parametrize(
    ("address", "body", "content_type", "status"),
    [
        ("/accounts/login/", "garbage", "multipart/form-data", 400),
        ("/accounts/login/", "login=x", "application/x-www-form-urlencoded; charset=utf-7", 400),
        ("/send/go/", "", "text/plain", 403),
        ("/compose/nothing/preview/", "", "text/plain", 404),
    ],
)
@pytest.mark.django_db
def test_what_the_client_did_wrong_is_one_line(client, log, address, body, content_type, status):
    client.force_login(make_user(rights=[rights.WRITE]))

    response = client.post(address, body, content_type=content_type)

    [line] = log()
    assert response.status_code == status
    assert " WARNING django.request " in line


@pytest.mark.parametrize("given", ["", "short", "a b c d e f g h", "x" * 65, "id\u2028forged-id"])
def test_an_id_that_is_not_well_formed_is_replaced(client, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})

    assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])


def cause_of(connect):
    with pytest.raises(sqlite3.Error) as error:
        connect()
    raised = OperationalError(str(error.value))
    raised.__cause__ = error.value
    cause = database_errors.find_cause(raised)
    return cause and cause.key


def test_causes_are_told_apart(tmp_path):
    file = sqlite3.connect(tmp_path / "a", isolation_level=None, timeout=0)
    file.execute("CREATE TABLE t (x)")
    other = sqlite3.connect(tmp_path / "a", isolation_level=None, timeout=0)
    read_only = sqlite3.connect(f"file:{tmp_path / 'a'}?mode=ro", uri=True, isolation_level=None)
    (tmp_path / "text").write_bytes(b"no database at all, but a text. " * 99)
    text = sqlite3.connect(tmp_path / "text")
    pages = file.execute("PRAGMA page_count").fetchone()[0]

    def fill():
        file.execute(f"PRAGMA max_page_count = {pages}")
        file.execute("INSERT INTO t VALUES (zeroblob(100000))")

    def lock():
        file.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")

    causes = [
        cause_of(lambda: read_only.execute("INSERT INTO t VALUES (1)")),
        cause_of(lambda: text.execute("SELECT * FROM t")),
        cause_of(fill),
        cause_of(lock),
        cause_of(lambda: sqlite3.connect(tmp_path / "no" / "a")),
        cause_of(lambda: other.execute("SELECT * FROM u")),
        cause_of(lambda: other.execute("SELECT y FROM t")),
        cause_of(lambda: other.execute("SELECT 'a' LIKE ?", ["%" * 60_000])),
        cause_of(lambda: other.execute("SELECT" + " 1 +" * 2_000 + " 1")),
        cause_of(lambda: other.execute("SELEC 1")),
    ]

    assert causes == [
        "read_only",
        "corrupt",
        "disk_full",
        "locked",
        "cannot_open",
        "schema",
        "schema",
        "too_long",
        "too_long",
        None,
    ]


@pytest.mark.homes
def test_causes_of_a_database_server_are_told_apart(postgres):
    postgres.ask("CREATE ROLE visitor LOGIN CONNECTION LIMIT 0")
    postgres.ask("CREATE TABLE told_apart (x int)")
    address = postgres.url()

    def ask(*queries, url=address):
        with psycopg.connect(url, connect_timeout=5) as connection:
            for query in queries:
                connection.execute(query)

    def cause(*queries, **options):
        with pytest.raises(psycopg.Error) as error:
            ask(*queries, **options)
        raised = OperationalError(str(error.value))
        raised.__cause__ = error.value
        found = database_errors.find_cause(raised)
        return found and found.key

    causes = [
        cause(url=address.replace("composer@", "visitor@")),
        cause(url=address.replace("composer@", "nobody@")),
        cause(url=postgres.url("nowhere")),
        cause(url=f"postgres://composer@127.0.0.1:{free_port()}/postgres"),
        cause("SET transaction_read_only = on", "INSERT INTO told_apart VALUES (1)"),
        cause("SET statement_timeout = 50", "SELECT pg_sleep(30)"),
        cause("SELECT * FROM nowhere"),
        cause("SELECT y FROM told_apart"),
        cause("SELEC 1"),
    ]
    postgres.ask("DROP ROLE visitor")
    postgres.ask("DROP TABLE told_apart")

    assert causes == [
        "too_many_connections",
        "denied",
        "denied",
        "unreachable",
        "read_only",
        "timeout",
        "schema",
        "schema",
        None,
    ]


def test_what_is_no_failure_of_storage_has_no_cause():
    errors = [ValueError("database is locked"), DatabaseError("a bug"), None]

    assert [database_errors.find_cause(error) for error in errors] == [None] * 3


def test_the_running_server_logs_a_wrong_host_and_a_forged_path_in_one_line_each():
    with SqliteHome() as home:
        home.manage("collectstatic", "--no-input", "--verbosity=0")
        web = home.run([sys.executable, "-m", "scripts.web"])

        def ask(address, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", home.port, timeout=20)
            connection.request("GET", address, headers=headers)
            return connection.getresponse().status

        def is_up():
            try:
                return ask("/healthz") == 200
            except OSError:
                return False

        wait_for(is_up, what="the web server")

        status = ask("/", Host="evil.example")
        forged = ask("/%0A2026-01-01%2000:00:00,000%20ERROR%20push%20[pid-1]:%20forged%E2%80%A8x")
        lines = wait_for(lambda: len(web.said.splitlines()) == 2 and web.said.splitlines())

    assert (status, forged) == (400, 404)
    assert [bool(LINE.match(line)) for line in lines] == [True, True]
    assert "Invalid HTTP_HOST header: 'evil.example'" in lines[0]
    assert "Not Found: /\\n2026-01-01 00:00:00,000 ERROR push [pid-1]: forged\\u2028x" in lines[1]
