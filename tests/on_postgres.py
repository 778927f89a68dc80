"""Runs on a private PostgreSQL what asks a database: `python -m tests.on_postgres tests/push`."""

import os
import subprocess
import sys

from tests.servers import Postgres

ASKING = {"db", "transactional_db"}


def pytest_collection_modifyitems(config, items):
    """The rest would only say once more what it says without a database."""
    asking = [item for item in items if asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks(item)])
    items[:] = asking


def asks(item):
    return bool(ASKING & set(item.fixturenames) or item.get_closest_marker("django_db"))


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-p", "tests.on_postgres", *sys.argv[1:]]
    with Postgres() as server:
        env = os.environ | {"TEST_DATABASE_URL": server.database("composer")}
        sys.exit(subprocess.run(command, env=env, check=False).returncode)
