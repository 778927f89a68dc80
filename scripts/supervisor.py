"""Keeps a few processes alive, and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEEPER = Path(__file__).with_name("keeper.py")
LOOK_EVERY = 0.1
# A child that lived this long did not die of its start.
LIVED = 30.0
PATIENCE = 40.0


@dataclass
class Child:
    """One process in a group of its own, so that a terminal's Ctrl-C does not reach it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        assert self.process, f"{self.name} was never started"
        return self.process.pid

    @property
    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        """To the process and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def pause(self) -> float:
        """Seconds until the next start: twice as many each time, up to half a minute."""
        lived = time.monotonic() - self.started
        self.deaths = 1 if lived > LIVED else self.deaths + 1
        return float(min(0.25 * 2**self.deaths, 30))

    def epitaph(self) -> str:
        assert self.process
        code = self.process.returncode
        return f"killed by signal {-code}" if code < 0 else f"exit {code}"


class Supervisor:
    """Starts the children, starts again who dies, stops all on INT or TERM."""

    def __init__(
        self, children: Sequence[Child], *, announce: Callable[[], bool], parent: int | None
    ) -> None:
        self.children = children
        self.announce, self.parent = announce, parent
        self.due: dict[str, float] = {}
        self.signals = 0
        self.is_announced = False
        self.keeper = subprocess.Popen(
            [sys.executable, "-I", str(KEEPER)], stdin=subprocess.PIPE, start_new_session=True
        )

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        for child in self.children:
            self.start(child)
        while not self.signals and not self.is_orphan():
            self.look()
            time.sleep(LOOK_EVERY)
        self.stop()
        return 0

    def ask_to_stop(self, *_signal: object) -> None:
        self.signals += 1

    def is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def start(self, child: Child) -> None:
        child.start()
        self.tell_keeper(f"+{child.pid}")

    def look(self) -> None:
        for child in self.children:
            if child.name in self.due:
                self.start_when_due(child)
            elif child.is_dead:
                self.bury(child)
        if not self.is_announced:
            self.is_announced = self.announce()

    def bury(self, child: Child) -> None:
        self.clear(child)
        pause = child.pause()
        self.due[child.name] = time.monotonic() + pause
        say(f"{child.name} ended ({child.epitaph()}); it starts again in {pause:g} s.")

    def start_when_due(self, child: Child) -> None:
        if time.monotonic() >= self.due[child.name]:
            del self.due[child.name]
            self.start(child)

    def clear(self, child: Child) -> None:
        """What a dead child had started dies too, or it would keep the port."""
        child.signal(signal.SIGKILL)
        self.tell_keeper(f"-{child.pid}")

    def stop(self) -> None:
        """One after the other, the last one first; a second signal is less patient."""
        asked = self.signals
        for child in reversed(self.children):
            self.end(child, until=lambda: self.signals > max(asked, 1))
        assert self.keeper.stdin
        self.keeper.stdin.close()
        self.keeper.wait()
        say("Stopped.")

    def end(self, child: Child, *, until: Callable[[], bool]) -> None:
        assert child.process
        with suppress(ProcessLookupError):
            child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        while not child.is_dead and time.monotonic() < deadline and not until():
            time.sleep(LOOK_EVERY / 5)
        self.clear(child)
        child.process.wait()

    def tell_keeper(self, line: str) -> None:
        assert self.keeper.stdin
        with suppress(BrokenPipeError):
            self.keeper.stdin.write(f"{line}\n".encode())
            self.keeper.stdin.flush()


def say(line: str) -> None:
    with suppress(BrokenPipeError):
        print(line, flush=True)
