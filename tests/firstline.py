"""The outside world: a FIRST LINE that keeps what arrives and answers as it is told."""

import json
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Post:
    """One request as it arrived."""

    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class FakeFirstline:
    """Answers 200, or first what was queued with `answer`."""

    def __enter__(self):
        self.posts, self._answers = [], deque()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, status, text="", **headers):
        """The next post that has no answer yet gets this one."""
        self._answers.append((status, text, headers))

    def take(self, post):
        self.posts.append(post)
        try:
            return self._answers.popleft()
        except IndexError:
            return 200, '{"success": true}', {}


def _handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, text, headers = server.take(Post(self.path, dict(self.headers), body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_words):
            """Quiet."""

    return Handler
