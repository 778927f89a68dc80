"""A strict FIRST LINE of its own threads: counts the posts of each contact, fails as it is told."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Counting:
    """Answers 200 after `latency` seconds, 422 to those in `refused`.

    `moments` are when posts arrived; `look` is called with each contact's id before the answer.
    """

    def __init__(self, *, latency=0.0, port=0):
        self.latency, self.posts, self.moments = latency, Counter(), []
        self.refused, self.look = set(), None
        self._lock = threading.Lock()
        self.port = port
        self._listen()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    def _listen(self):
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_port

    def crash(self):
        """As a process that is killed: whoever waits for an answer sees the connection break."""
        self.__exit__()
        self._server.cut_off()

    def revive(self):
        """On the same port; it remembers what it counted."""
        self._listen()
        self.__enter__()

    def count(self, body):
        contact = str(json.loads(body)["contactable_id"])
        with self._lock:
            self.posts[contact] += 1
            self.moments.append(time.monotonic())
        if self.look:
            self.look(contact)
        return b"422 Unprocessable" if contact in self.refused else b"200 OK"

    @property
    def doubled(self):
        return {contact: times for contact, times in self.posts.items() if times > 1}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, *words):
        super().__init__(*words)
        self.connections = set()

    def cut_off(self):
        at_once = struct.pack("ii", 1, 0)
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_request):
        """A client that was killed is no news."""


def _handler(counting):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            self.server.connections.add(self.connection)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def do_POST(self):
            status = counting.count(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(counting.latency)
            self.wfile.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")

        def finish(self):
            self.server.connections.discard(self.connection)
            super().finish()

        def log_message(self, *_words):
            """Quiet."""

    return Handler
