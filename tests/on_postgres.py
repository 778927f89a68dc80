"""Runs pytest on a private PostgreSQL: `python -m tests.on_postgres tests/push`."""

import os
import subprocess
import sys

from tests.servers import Postgres

if __name__ == "__main__":
    with Postgres() as server:
        env = os.environ | {"TEST_DATABASE_URL": server.database("composer")}
        sys.exit(
            subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=env).returncode
        )
