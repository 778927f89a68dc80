"""Ways for an answer not to arrive, each as a network would do it."""

import select
import socket
from collections.abc import Callable
from threading import Event

# On, for no seconds: what is unsent is dropped and the other side gets a reset.
ABRUPTLY = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")


def hang(connection: socket.socket, stopping: Event) -> None:
    """Silence until the client gives up, or the server stops."""
    while not stopping.wait(0.2):
        readable, _, _ = select.select([connection], [], [], 0)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            return


def reset(connection: socket.socket, stopping: Event) -> None:
    """The connection breaks, as when a router dies."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPTLY)
    connection.close()


def cut(connection: socket.socket, stopping: Event) -> None:
    """A 200 that never ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 512\r\n\r\n{")


def garbage(connection: socket.socket, stopping: Event) -> None:
    """Something that is not HTTP."""
    connection.sendall(b"\x16\x03\x01 <html>Bad gateway?</html>\r\n")


WAYS: dict[str, Callable[[socket.socket, Event], None]] = {
    "hang": hang,
    "reset": reset,
    "cut": cut,
    "garbage": garbage,
}
