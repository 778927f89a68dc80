"""`make run`: web, worker and drill server in one terminal, started again when one dies."""

import argparse
import http.client
import os
import socket
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from typing import Any

from config import startup
from scripts import web
from scripts.supervisor import Child, Supervisor

PYTHON = sys.executable


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when whoever started this is gone"
    )
    options = parser.parse_args()
    with startup.exit_when_refused():
        product = Product(import_module("config.settings"))
    if taken := product.taken_port():
        print(f"Port {taken} is taken: choose another one, such as PORT=8100.", file=sys.stderr)
        return 2
    try:
        if subprocess.run([PYTHON, "-m", "scripts.ready"], check=False).returncode:
            return 2
    except KeyboardInterrupt:
        return 0
    parent = os.getppid() if options.with_parent else None
    return Supervisor(product.children(), announce=product.announce, parent=parent).run()


class Product:
    """What runs, where it answers, and how a person gets in."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.port = settings.PORT

    def taken_port(self) -> int | None:
        ports = (
            [self.port, self.settings.DRILL_PORT] if self.settings.HAS_OWN_DRILL else [self.port]
        )
        return next((port for port in ports if not is_free(port)), None)

    def children(self) -> list[Child]:
        """In the order of starting; they stop the other way round, so that posts can finish."""
        drill = [Child("drill", [PYTHON, "manage.py", "drill"])]
        return [
            *(drill if self.settings.HAS_OWN_DRILL else []),
            Child("worker", [PYTHON, "manage.py", "worker"]),
            Child("web", web.command(self.port)),
        ]

    def announce(self) -> bool:
        """Says how to get in, once there is an answer."""
        if not self.answers():
            return False
        address = f"http://localhost:{self.port}"
        if not self.settings.DRILL:
            print(f"\n  Ready for the proxy before it: {address}")
        else:
            print(f"\n  Ready: {address}/")
            password = self.settings.DEMO_PASSWORD
            print(f"  Sign in as agent, manager or admin; the password is {password}")
        if self.settings.HAS_OWN_DRILL:
            print(f"  What pretend contacts receive: {address}/drill/")
        print("  Ctrl-C stops everything.\n", flush=True)
        return True

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        host = self.settings.ALLOWED_HOSTS[0].removeprefix(".")
        with closing(connection):
            try:
                connection.request("GET", "/healthz", headers={"Host": host})
                return connection.getresponse().status < 500
            except (OSError, http.client.HTTPException):
                return False


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
