"""A strict FIRST LINE of its own threads: counts the posts of each contact, fails as it is told."""

import json
import socket
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
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

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

    def handle_error(self, *_request):
        """A client that was killed is no news."""


def _handler(counting):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def do_POST(self):
            status = counting.count(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(counting.latency)
            self.wfile.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")

        def log_message(self, *_words):
            """Quiet."""

    return Handler
