"""A mail server on this machine, which keeps what it is given."""

import socketserver
import threading
from email import message_from_bytes, policy


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.answer("220 here")
        while line := self.rfile.readline():
            word = line.split(None, 1)[0].upper() if line.split() else b""
            if word == b"EHLO":
                self.answer("250 here")
            elif word == b"DATA":
                self.answer("354 go on")
                self.server.keep(self.read_mail())
                self.answer("250 taken")
            elif word == b"QUIT":
                self.answer("221 bye")
                return
            else:
                self.answer("250 fine")

    def read_mail(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") for line in lines)

    def answer(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`mails` are those that arrived, oldest first."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails = []

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def keep(self, mail):
        self.mails.append(message_from_bytes(mail, policy=policy.default))

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
