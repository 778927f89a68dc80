"""The engine's loop: sender threads post, this one thread owns the database.

One transaction a step writes down what came back, reserves the pace, moves the watermark over
what is posted next and renews the lease. Only after its commit does anything leave.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import transaction

from composer.vocabulary import channels
from push import alarm, answers, books, clock, leases, outcomes, pacing
from push.answers import Answer
from push.books import Page
from push.errors import Misconfigured
from push.isolation import isolate
from push.leases import Lease, Row
from push.outcomes import Then
from push.pacing import NO_SLOTS, Slots
from push.patience import Patience, is_out_of_reach
from push.senders import Post, Senders
from push.wire import Envelope

logger = logging.getLogger(__name__)

# Enough posts are claimed ahead that no sender waits for the database.
AHEAD = 1.5
# Looks at the broadcast's state, and renews the lease, at least so often (seconds).
TICK = 1.0
# What the last answers and commits took counts by this share in what they usually take.
SHARE = 1 / 8
# How long a claimed post that cannot leave keeps its worker before it goes back (seconds).
PATIENCE = 60.0


@dataclass(frozen=True)
class Limits:
    """When to end: asked to stop, or past the time budget."""

    stopping: threading.Event
    until: float

    def is_over(self, *, patience: float = 0.0) -> bool:
        return self.stopping.is_set() or clock.now() > self.until + patience


def run(limits: Limits) -> None:
    """Posts chunk after chunk until the time is over or nothing is left."""
    lease = leases.take()
    if lease is None:
        return
    try:
        senders = Senders(settings.FIRSTLINE_CONCURRENCY)
    except Misconfigured as error:
        _refuse(lease, error)
        return
    try:
        while lease is not None:
            with isolate(lease.broadcast.pk):
                Run(lease, senders, limits).work()
            lease = None if limits.is_over() else leases.take()
    finally:
        senders.stop()


def _refuse(lease: Lease, error: Misconfigured) -> None:
    logger.error("nothing can be posted: %s", error)
    leases.leave(lease, is_done=False)
    books.pause_itself(lease.broadcast.pk, "misconfigured")


@dataclass(frozen=True)
class Plan:
    """What one step claimed, to be sent after its commit; moments count from `asked`."""

    again: int
    new: int
    slots: Slots
    asked: float


class Run:
    """One chunk in this worker's hands.

    Of what is claimed, `flying` posts are with the senders, `back` came back unsent and may
    leave again, and `answers` are not yet in the books.
    """

    def __init__(self, lease: Lease, senders: Senders, limits: Limits) -> None:
        self.lease, self.senders, self.limits = lease, senders, limits
        self.rows = deque(lease.rows)
        self.back: deque[Row] = deque()
        self.answers: list[Answer] = []
        self.flying = 0
        self.because = ""
        self.is_ending = False
        self.claim_at = 0.0
        self.stepped = 0.0
        # How long a claim's commit and a post's answer usually take (seconds).
        self.commit_takes = self.answer_takes = 0.0
        begun = lease.broadcast.resumed_at or lease.broadcast.created_at
        self.alarm = alarm.of(lease.broadcast.pk, begun)
        self.envelope = Envelope(
            lease.broadcast.version.payload,
            contactable_type=channels.ALL[lease.broadcast.channel].contactable_type,
            is_forced=lease.is_forced,
        )

    def work(self) -> None:
        """Whatever it raises, what is with the senders comes home before this ends."""
        broadcast = self.lease.broadcast.pk
        with isolate(broadcast) as step:
            self.post()
        if step.has_failed:
            with isolate(broadcast):
                self.drain()
            while self.flying:
                self.listen()

    def drain(self) -> None:
        """Records what still comes back, and claims nothing: the broadcast is paused by now.

        The lease is left to run out, so that whatever is not accounted for becomes uncertain.
        """
        self.is_ending = True
        self.lease.safe_until = 0.0
        while self.flying or self.answers:
            self.listen()
            self.keep_trying(self.step)
        self.keep_trying(self.give_back)

    def post(self) -> None:
        while not self.is_over:
            self.listen()
            if self.limits.is_over(patience=PATIENCE if self.back else 0.0):
                self.is_ending = True
            if self.answers or self.may_claim or clock.now() > self.stepped + TICK:
                self.keep_trying(self.step)
            if self.because:
                self.keep_trying(self.pause)
        self.keep_trying(self.leave)

    @property
    def is_over(self) -> bool:
        left = self.flying or self.answers
        return not left and (self.is_ending or not (self.rows or self.back))

    @property
    def window(self) -> int:
        """Claimed ahead of the senders, but not where they would be late for it."""
        threads = settings.FIRSTLINE_CONCURRENCY
        is_slow = self.answer_takes > pacing.LATEST / 2
        return threads if is_slow else max(2, round(AHEAD * threads))

    @property
    def room(self) -> int:
        """How many more may be with the senders."""
        free = min(self.window - self.flying, len(self.back) + len(self.rows))
        return 0 if self.is_ending else free

    @property
    def may_claim(self) -> bool:
        return self.room > 0 and clock.now() >= self.claim_at

    def listen(self) -> None:
        """Waits for answers, no longer than until the next post may be claimed."""
        until = self.stepped + TICK
        wanted = min(self.claim_at, until) if self.room else until
        timeout = max(0.0, wanted - clock.now())
        if not self.flying:
            self.limits.stopping.wait(timeout)
            return
        for post, reply in self.senders.answers(timeout=timeout):
            verdict = outcomes.judge(reply, held_status=settings.FIRSTLINE_HELD_STATUS)
            self.answers.append(Answer(post, reply, verdict))
            self.flying -= 1
            self.answer_takes += SHARE * (clock.now() - post.at - self.answer_takes)

    def step(self) -> None:
        began = clock.now()
        with transaction.atomic():
            found = leases.lock(self.lease)
            page = found.page
            self.record(page)
            is_held = leases.is_held(self.lease, found.chunk)
            if is_held:
                self.take_back(found.chunk.claimed_to)
            plan = self.claim(page, found.rate) if is_held and found.may_go_on else None
            if plan is None:
                page.write()
        self.stepped = clock.now()
        self.note_verdicts()
        if plan is None:
            self.is_ending = True
        else:
            self.lease.renewed(began)
            self.send(plan)

    def record(self, page: Page) -> None:
        answers.record(self.answers, page)
        if answers.pace(self.answers):
            self.claim_at = 0.0

    def take_back(self, watermark: int) -> None:
        """What was claimed by a commit whose answer was lost never left."""
        while self.rows and self.rows[0].key <= watermark:
            self.back.append(self.rows.popleft())

    def claim(self, page: Page, rate: int | None) -> Plan:
        """Reserves moments, first for what came back, and moves the watermark over the rest."""
        asked = clock.now()
        wanted = self.room if self.may_claim else 0
        broadcast = self.lease.broadcast.pk
        slots = pacing.reserve(wanted, broadcast=broadcast, rate=rate) if wanted else NO_SLOTS
        again = min(len(self.back), len(slots.slots))
        new = len(slots.slots) - again
        leases.claim(page, list(islice(self.rows, new)), self.lease)
        return Plan(again, new, slots, asked)

    def note_verdicts(self) -> None:
        """What is in the books is done with; what was not sent comes back."""
        for answer in self.answers:
            if answer.verdict.then is Then.RECORD:
                because = self.alarm.hear(is_failure=answer.verdict.is_failure)
                self.because = self.because or because
            else:
                self.back.append(answer.post.row)
        self.answers = []

    def send(self, plan: Plan) -> None:
        rows = [self.back.popleft() for _ in range(plan.again)]
        rows += [self.rows.popleft() for _ in range(plan.new)]
        self.note_commit(clock.now() - plan.asked)
        late = pacing.LATEST + self.commit_takes
        for row, slot in zip(rows, plan.slots.slots, strict=True):
            # A moment that is made up for lies in the past: it is late by then, no answer is.
            at, due_by = plan.asked + max(slot.delay, 0.0), plan.asked + slot.delay + late
            self.senders.send(
                Post(row, self.envelope, self.lease, at, due_by, slot.token, slot.is_probe)
            )
        self.flying += len(rows)
        if plan.slots is not NO_SLOTS:
            self.claim_at = plan.asked + min(plan.slots.wait, TICK)
        if plan.slots.is_refused:
            self.because = "token_refused"

    def note_commit(self, took: float) -> None:
        """One that stalled says little of what a commit usually takes; many in a row do."""
        usual = self.commit_takes
        self.commit_takes = max(min(took, 2 * usual + 0.1), (1 - SHARE) * usual)

    def pause(self) -> None:
        books.pause_itself(self.lease.broadcast.pk, self.because)
        self.because, self.is_ending = "", True

    def give_back(self) -> None:
        if self.back:
            leases.give_back(self.lease, [row.key for row in self.back])
            self.back.clear()

    def leave(self) -> None:
        self.give_back()
        leases.leave(self.lease, is_done=not self.rows)
        books.complete(self.lease.broadcast.pk)

    def keep_trying(self, deed: Callable[[], None]) -> None:
        """Survives a full disk, a lock, or a restart of the database: nothing leaves meanwhile."""
        patience = Patience(self.limits.stopping)
        while True:
            try:
                deed()
            except Exception as error:
                if not is_out_of_reach(error):
                    raise
                patience.wait(error)
            else:
                return patience.end()
