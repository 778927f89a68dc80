"""What every test can ask for; `tests.servers` and `tests.homes` have the insides."""

import hypothesis
import pytest
from django.core.management import execute_from_command_line
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from people import append_only
from tests.firstline import FakeFirstline
from tests.homes import Home, Product
from tests.servers import Postgres, Redis

# The same examples every time: what fails here failed for everybody.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture(autouse=True, scope="session")
def _flush():
    """Tests that commit end by emptying all tables, on SQLite with DELETE: past the triggers.

    What follows the emptying, as it follows every migration, makes the triggers again.
    """
    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(case):
        append_only.remove(connection)
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_triggers)
        yield


_skipped = []


@pytest.fixture(autouse=True)
def default_language():
    """A page in another language leaves that language active for the tests after it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgres():
    """A private PostgreSQL server, stopped at the end."""
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server():
    """A private Redis server, stopped at the end."""
    with Redis() as server:
        yield server


@pytest.fixture
def fake_firstline(settings):
    """The outside world: keeps every post, and answers as it is told."""
    with FakeFirstline() as server:
        settings.FIRSTLINE_API_BASE = server.url
        yield server


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.homes),
        pytest.param("redis", marks=pytest.mark.homes),
    ]
)
def home(request):
    """An installation of its own, as processes: on SQLite, on PostgreSQL, and that with Redis."""
    with Home.on(request.param, request.getfixturevalue) as home:
        yield home


@pytest.fixture(scope="session")
def product():
    """The whole running product with demo data, as `make run` gives it; it sends faster."""
    with Product(FIRSTLINE_RATE_PER_MINUTE="600") as product:
        yield product


@pytest.fixture
def manage(capsys):
    """Runs a command as the shell does: exit code, stdout, stderr."""

    def run(*words):
        capsys.readouterr()
        try:
            execute_from_command_line(["manage.py", *map(str, words)])
            code = 0
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def pytest_runtest_logreport(report):
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_collectreport(report):
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session):
    """A green run means that every test ran."""
    if _skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if _skipped:
        terminalreporter.write_line(f"Skipped, so the run has failed: {', '.join(_skipped)}")
