"""The threads that post: each waits for a post's moment, posts once, and says what came back."""

import logging
import threading
import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from push import clock
from push.client import Client
from push.leases import Lease, Row
from push.outcomes import Reply, Trouble
from push.wire import Envelope

logger = logging.getLogger(__name__)

# After the first answer, others that come within a moment share its transaction.
MOMENT = 0.003


@dataclass(frozen=True)
class Post:
    """One delivery on its way: not before `at`, and never once its lease is no longer safe.

    After `due_by` its moment is given back: late posts among punctual ones would be too many at
    once. `token` is the key of the one it leaves with; `is_probe` as of its `pacing.Slot`.
    """

    row: Row
    envelope: Envelope
    lease: Lease
    at: float
    due_by: float
    token: str
    is_probe: bool = False


class Senders:
    """So many threads, each with a connection of its own. Raises Misconfigured."""

    def __init__(self, count: int) -> None:
        self._posts: SimpleQueue[Post | None] = SimpleQueue()
        self._answers: SimpleQueue[tuple[Post, Reply]] = SimpleQueue()
        clients = [Client() for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._work, args=(client,), name=f"sender-{number}")
            for number, client in enumerate(clients)
        ]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def send(self, post: Post) -> None:
        self._posts.put(post)

    def answers(self, *, timeout: float) -> list[tuple[Post, Reply]]:
        """What came back, as soon as there is something; empty when the time is over."""
        try:
            found = [self._answers.get(timeout=timeout)]
        except Empty:
            return []
        time.sleep(MOMENT)
        while not self._answers.empty():
            found.append(self._answers.get())
        return found

    def stop(self) -> None:
        """When nothing is on its way any more."""
        for _ in self._threads:
            self._posts.put(None)

    def _work(self, client: Client) -> None:
        while (post := self._posts.get()) is not None:
            self._answers.put((post, _deliver(client, post)))
        client.close()


def _deliver(client: Client, post: Post) -> Reply:
    early = post.at - clock.now()
    if early > 0:
        time.sleep(early)
    try:
        body = post.envelope.body(post.row.contactable_id, post.row.values)
    except Exception:
        # Nothing has left. A sender that died would keep its post for ever.
        logger.exception("delivery %s has no body", post.row.key)
        return Reply(trouble=Trouble.UNSENDABLE)
    return client.post(body, post.token, leave_by=post.lease.safe_until, due_by=post.due_by)
