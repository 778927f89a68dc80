"""Servers that do what servers do on bad days, on real sockets."""

import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(behave):
    """Its address; `behave(connection)` is called for each connection, which is then closed."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve():
        while not ended.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection):
        with suppress(OSError), connection:
            behave(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextmanager
def full():
    """Listens, but its queue is full: nobody gets through."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        yield f"http://127.0.0.1:{port}"
        for each in waiting:
            each.close()


def request(connection):
    """All of it."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(65_536)
    head, _, body = said.partition(b"\r\n\r\n")
    [length] = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while len(body) < int(length.split(b":")[1]):
        body += connection.recv(65_536)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def resets_before_reading(connection):
    reset(connection)


def resets_after_reading(connection):
    request(connection)
    reset(connection)


def closes_without_a_word(connection):
    request(connection)


def hangs(connection):
    request(connection)
    time.sleep(5)


def sends_garbage(connection):
    request(connection)
    connection.sendall(b"\x00\xff\x16\x03 this is no HTTP\r\n\r\n")


def closes_in_the_head(connection):
    request(connection)
    connection.sendall(HEAD)


def trickles_the_head(connection):
    request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for byte in b"X-More: and more\r\n" * 20:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def trickles_the_body(connection):
    request(connection)
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def trickles_without_a_length(connection):
    request(connection)
    connection.sendall(HEAD + b"Connection: close\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def answers_without_a_length(connection):
    request(connection)
    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n{}")


def nests_without_a_length(connection):
    request(connection)
    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 4_096)


def breaks_off(connection):
    request(connection)
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{}")


def breaks_off_a_chunk(connection):
    request(connection)
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\n{}")


def floods_for_ever(connection):
    request(connection)
    connection.sendall(HEAD + b"Connection: close\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65_536)


def answers_at_length(connection):
    request(connection)
    connection.sendall(HEAD + b"Content-Length: 20000000\r\n\r\n")
    for _ in range(200):
        connection.sendall(b"x" * 100_000)


def speaks_no_tls(connection):
    connection.recv(1_000)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def resets_while_greeting(connection):
    """In the middle of TLS's first words."""
    connection.recv(100)
    reset(connection)


def has_no_certificate(connection):
    """Speaks TLS, and has nothing to show for itself."""
    connection.recv(1_000)
    # Alert, TLS 1.2, fatal: handshake failure.
    connection.sendall(bytes([21, 3, 3, 0, 2, 2, 40]))


def answers(status, *headers):
    """A plain answer to each connection's first post."""

    def behave(connection):
        request(connection)
        lines = [f"HTTP/1.1 {status} Whatever", "Content-Length: 2", "Connection: close", *headers]
        connection.sendall("\r\n".join([*lines, "", "{}"]).encode())

    behave.__name__ = f"{status} {' '.join(headers)}".strip()
    return behave
