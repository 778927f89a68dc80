"""What came home in one step: what it says goes into the books, and into the pace."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from push import outcomes, pacing, tokens
from push.books import Page
from push.outcomes import Reply, Then, Verdict
from push.senders import Post


@dataclass(frozen=True)
class Answer:
    """What came back of one post, and what it means."""

    post: Post
    reply: Reply
    verdict: Verdict


def record(answers: Sequence[Answer], page: Page) -> None:
    """Each outcome by one UPDATE."""
    groups: dict[tuple[str, str, int | None, str], list[int]] = defaultdict(list)
    for answer in _that(Then.RECORD, answers):
        reply, verdict = answer.reply, answer.verdict
        said = outcomes.words(reply.text)
        groups[verdict.outcome, verdict.reason, reply.status, said].append(answer.post.row.key)
    for (outcome, reason, status, said), keys in groups.items():
        page.record(keys, outcome, reason=reason, status=status, answer=said)


def pace(answers: Sequence[Answer]) -> bool:
    """Slows down, sets aside or lets go again; whether to ask for moments anew."""
    waits, throttled = _that(Then.WAIT, answers), _by_token(Then.SLOW_DOWN, answers)
    refused = _by_token(Then.SET_ASIDE, answers)
    if waits:
        pacing.throttle(_asked(waits), waits[-1].verdict.reason, probes=_probes(waits))
    for token, those in throttled.items():
        reason = those[-1].verdict.reason
        pacing.throttle(_asked(those), reason, only=[token], probes=_probes(those))
    if refused:
        tokens.set_aside(refused.keys())
    if unsent := _probes(_that(Then.GIVE_BACK, answers)):
        pacing.probe_again(unsent)
    recovered = set() if waits else _probes(_that(Then.RECORD, answers)) - throttled.keys()
    if recovered:
        pacing.recover(recovered)
    return bool(refused or recovered)


def _probes(answers: Sequence[Answer]) -> set[str]:
    """The tokens that were tried with one of these posts."""
    return {answer.post.token for answer in answers if answer.post.is_probe}


def _that(then: Then, answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.verdict.then is then]


def _by_token(then: Then, answers: Sequence[Answer]) -> Mapping[str, list[Answer]]:
    groups = defaultdict(list)
    for answer in _that(then, answers):
        groups[answer.post.token].append(answer)
    return groups


def _asked(answers: Sequence[Answer]) -> float | None:
    """The longest wait that was asked for (seconds), where any was."""
    asked = [answer.verdict.wait for answer in answers if answer.verdict.wait is not None]
    return max(asked, default=None)
