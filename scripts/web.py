"""`python -m scripts.web`: the web server, granian with the options that the product needs."""

import os
import sys
from importlib import import_module

from config import startup

# Threads that wait for slow clients are cheap; `config.wsgi` says how many may compute.
THREADS = 512


def command(port: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": port,
        "--workers": min(os.cpu_count() or 1, 4),
        "--blocking-threads": THREADS,
        "--backlog": 2_048,
        "--backpressure": 2_048,
        "--http1-header-read-timeout": 10_000,
        "--respawn-interval": 0.5,
        "--workers-kill-timeout": 10,
        # Below `error` it warns of the number of threads at each start.
        "--log-level": "error",
    }
    words = [str(word) for option in options.items() for word in option]
    target = ["--respawn-failed-workers", "config.wsgi:application"]
    return [sys.executable, "-m", "granian", *words, *target]


def main() -> None:
    with startup.exit_when_refused():
        settings = import_module("config.settings")
        # Here, because granian starts a process that refuses to start again and again.
        startup.check_database(serves=True)
    words = command(settings.PORT)
    os.execv(words[0], words)


if __name__ == "__main__":
    main()
