"""The supervisor behind `make run`, with real processes."""

import os
import re
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.homes import PROJECT, Product
from tests.servers import Process, free_port, wait_for

# Each child starts a child of its own, as a web server does, and writes down both ids.
CHILD = """
import os, subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {inner.pid}\\n")
time.sleep(600)
"""
SUPERVISOR = """
import os, sys
from scripts.supervisor import Child, Supervisor
files = sys.argv[1:]
children = [Child(os.path.basename(f), [sys.executable, "-c", CHILD, f]) for f in files]
ready = lambda: all(map(os.path.exists, files)) and print("ready") is None
sys.exit(Supervisor(children, announce=ready, parent=None).run())
"""


@pytest.fixture
def supervised(tmp_path):
    """A supervisor of two children; gives its process and the files of their ids."""
    files = [tmp_path / "drill", tmp_path / "web"]
    code = f"CHILD = {CHILD!r}\n{SUPERVISOR}"
    process = Process([sys.executable, "-u", "-c", code, *files], cwd=PROJECT)
    wait_for(lambda: "ready" in process.said, what="the supervisor")
    yield process, files
    process.kill()


def ids(file):
    return [[int(number) for number in line.split()] for line in file.read_text().splitlines()]


def is_alive(pid):
    """A zombie is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def left_over(files):
    return [pid for file in files for line in ids(file) for pid in line if is_alive(pid)]


def test_child_that_is_killed_starts_again_and_leaves_nothing(supervised):
    process, files = supervised
    [[child, inner]] = ids(files[1])

    os.kill(child, signal.SIGKILL)

    wait_for(lambda: len(ids(files[1])) == 2, what="the second start")
    assert "web ended (killed by signal 9); it starts again in 0.5 s.\n" in process.said
    assert not is_alive(inner)
    assert len(ids(files[0])) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_signal_stops_all_and_leaves_nothing(supervised, number):
    process, files = supervised

    os.kill(process.pid, number)

    assert process.wait() == 0
    assert left_over(files) == []
    assert process.said.endswith("Stopped.\n")


def test_supervisor_that_is_killed_takes_all_with_it(supervised):
    process, files = supervised

    os.kill(process.pid, signal.SIGKILL)

    wait_for(lambda: left_over(files) == [], what="the end of all children")


def test_port_that_is_taken_is_one_line_before_anything_starts(tmp_path):
    port = free_port(together=2)
    with closing(socket.create_server(("127.0.0.1", port + 1))):
        process = Process(
            [sys.executable, "-m", "scripts.run"],
            cwd=PROJECT,
            env=os.environ | {"PORT": str(port), "DATA_DIR": str(tmp_path / "data")},
        )
        code = process.wait()

    line = f"Port {port + 1} is taken: choose another one, such as PORT=8100.\n"
    assert (code, process.said) == (2, line)
    assert not (tmp_path / "data" / "composer.sqlite3").exists()


def test_setting_that_is_malformed_is_one_line():
    process = Process([sys.executable, "-m", "scripts.run"], env=os.environ | {"PORT": "web"})

    assert process.wait() == 2
    assert process.said == "PORT must be a whole number from 1 to 65534; it is “web”.\n"


@pytest.mark.engine
def test_product_survives_the_loss_of_each_child_and_ends_without_a_trace():
    with Product() as product:
        for name in ("web", "worker", "drill"):
            os.kill(product.pid_of(name), signal.SIGKILL)
        said = product.supervisor
        wait_for(lambda: said.said.count("it starts again") == 3, what="three restarts")
        wait_for(product.answers, what="the product")
        pids = product.pids()

        assert product.supervisor.stop() == 0

    assert [pid for pid in pids if is_alive(pid)] == []


class OfRealHost(Product):
    """Who is not its proxy, the tests' own question for instance, gets no answer."""

    def answers(self):
        return "Ready" in self.supervisor.said


@pytest.mark.engine
def test_product_of_a_real_host_shows_its_pages_to_the_proxy():
    env = {
        "FIRSTLINE_API_BASE": "https://example.invalid",
        "FIRSTLINE_API_TOKEN": "a-token",
        "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    }
    headers = {"Host": "composer.example", "X-Forwarded-Proto": "https"}
    with OfRealHost(**env, ALLOWED_HOSTS=".composer.example") as product:
        page = requests.get(f"{product.url}/accounts/login/", headers=headers, timeout=30)
        styles = re.findall(r'href="(/static/css/[^"]+)"', page.text)
        answers = [requests.get(product.url + each, headers=headers, timeout=30) for each in styles]

        assert [page.status_code, *(each.status_code for each in answers)] == [200] * (
            1 + len(styles)
        )
        assert len(styles) > 1
        assert product.supervisor.said.splitlines() == [
            "Making the tables …",
            "Collecting static files …",
            "",
            f"  Ready for the proxy before it: http://localhost:{product.port}",
            "  Ctrl-C stops everything.",
            "",
        ]
