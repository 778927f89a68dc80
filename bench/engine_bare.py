"""The same client with the same threads in a bare loop: no books, no pace, nothing on disk."""

import threading

from django.conf import settings

from bench.engine_fill import PAYLOAD
from push.client import Client
from push.wire import Envelope


def post(count: int) -> None:
    envelope = Envelope(PAYLOAD, contactable_type="line", is_forced=False)
    numbers = iter(range(count))

    def work() -> None:
        client = Client()
        # Taking the next one of an iterator is one step for all threads.
        for number in numbers:
            body = envelope.body(f"U{number:032x}", {"name": f"小明{number}"})
            assert client.post(body).status == 200

    threads = [threading.Thread(target=work) for _ in range(settings.FIRSTLINE_CONCURRENCY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
