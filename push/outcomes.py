"""Pure: what came back, or failed to, becomes an outcome and a reason; and the reasons in words.

| what happened                                             | is                                 |
|-----------------------------------------------------------|------------------------------------|
| 200                                                       | sent                               |
| refused connection, unknown host, no connection in time   | not sent: wait and try again       |
| 503 with Retry-After                                      | not sent: the whole pace waits     |
| 429                                                       | not sent: its token waits          |
| 401, 403                                                  | not sent: its token is set aside   |
| the answer that means "an agent is talking" (a setting)   | held                               |
| other 4xx, and 3xx, which is never followed               | failed, with the server's reason,  |
|                                                           | or that the contact is the cause   |
| other 5xx, no answer in time, connection lost, a 200 that |                                    |
| never ended, anything else                                | uncertain                          |
"""

import json
import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from push.models import Outcome


class Trouble(Enum):
    """How a post can end without an answer. The first four left nothing behind at the server."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    HALTED = "halted"
    UNSENDABLE = "unsendable"
    NO_ANSWER = "no_answer"
    LOST = "lost"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Reply:
    """What came back of one post: a status and the beginning of its text, or a trouble."""

    status: int | None = None
    text: str = ""
    retry_after: float | None = None
    trouble: Trouble | None = None


class Then(Enum):
    """What the engine does next: put it in the books, or try the same contact again later.

    FIRST LINE counts and refuses by user, so some answers concern only the token they came for.
    """

    RECORD = "record"
    WAIT = "everybody waits"
    SLOW_DOWN = "the token waits"
    SET_ASIDE = "the token is set aside"
    GIVE_BACK = "give back"


@dataclass(frozen=True)
class Verdict:
    """What one reply means. `outcome` is for what is recorded; `wait` (seconds) was asked for."""

    then: Then
    reason: str
    outcome: str = Outcome.PENDING
    wait: float | None = None

    @property
    def is_failure(self) -> bool:
        return self.outcome in (Outcome.FAILED, Outcome.UNCERTAIN)


WITHOUT_ANSWER = {
    Trouble.UNREACHABLE: Verdict(Then.WAIT, "unreachable"),
    Trouble.TLS: Verdict(Then.WAIT, "tls"),
    Trouble.HALTED: Verdict(Then.GIVE_BACK, "halted"),
    Trouble.UNSENDABLE: Verdict(Then.RECORD, "unsendable", Outcome.FAILED),
    Trouble.NO_ANSWER: Verdict(Then.RECORD, "no_answer", Outcome.UNCERTAIN),
    Trouble.LOST: Verdict(Then.RECORD, "lost", Outcome.UNCERTAIN),
    Trouble.UNFINISHED: Verdict(Then.RECORD, "unfinished", Outcome.UNCERTAIN),
}


SENT = Verdict(Then.RECORD, "", Outcome.SENT)


def judge(reply: Reply, *, held_status: int) -> Verdict:
    """The whole table, first match first."""
    if reply.trouble is not None:
        return WITHOUT_ANSWER[reply.trouble]
    assert reply.status is not None
    verdict = _judge_status(reply.status, reply.retry_after, held_status=held_status)
    if verdict.outcome == Outcome.FAILED:
        return replace(verdict, reason=_of_contact(reply.text) or verdict.reason)
    return verdict


def _judge_status(status: int, retry_after: float | None, *, held_status: int) -> Verdict:
    if status == 200:
        return SENT
    if status == held_status:
        return Verdict(Then.RECORD, "agent_talking", Outcome.HELD)
    if status == 429:
        return Verdict(Then.SLOW_DOWN, "throttled", wait=retry_after)
    if status == 503 and retry_after is not None:
        return Verdict(Then.WAIT, "throttled", wait=retry_after)
    if status in (401, 403):
        return Verdict(Then.SET_ASIDE, "token_refused")
    if 300 <= status < 400:
        return Verdict(Then.RECORD, "redirected", Outcome.FAILED)
    if 400 <= status < 500:
        return Verdict(Then.RECORD, REFUSED.get(status, "refused"), Outcome.FAILED)
    return Verdict(Then.RECORD, "server_error", Outcome.UNCERTAIN)


def _of_contact(text: str) -> str:
    """What a refusal says of the contact and not of the message, or nothing."""
    if BLOCKED.search(text):
        return "blocked"
    return "no_contact" if _blames_contact(text) else ""


def _blames_contact(text: str) -> bool:
    """The contact's id is all that it complains of."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return False
    errors = answer.get("errors") if isinstance(answer, dict) else None
    return isinstance(errors, dict) and errors.keys() == {"contactable_id"}


# As much of an answer as a delivery keeps.
LONGEST = 500
REFUSED = {404: "not_found", 413: "too_large", 422: "invalid"}
# FIRST LINE does not document how it says that a customer wants nothing more: its own languages'
# words, where they are said of a person or an account and not of a picture or an address.
BLOCKED = re.compile(
    r"\b(?:user|contact|customer|recipient|bot|account)\b[^.{}]{0,40}"
    r"\b(?:blocked|unfollowed|unsubscribed)\b"
    r"|\b(?:blocked|unfollowed|unsubscribed)\b[^.{}]{0,40}"
    r"\b(?:user|contact|customer|recipient|bot|account)\b"
    r"|(?:封鎖|封锁|取消追蹤|拉黑)",
    re.IGNORECASE,
)
# Whom nothing reaches however often it is tried: better left out of the next audience.
UNREACHABLE = ("blocked", "no_contact")
# What fails again as long as it is the same message.
HOPELESS = (*UNREACHABLE, "too_large", "unsendable")

# What happened, and what to do: for staff, without the words of the trade.
REASONS: dict[str, Promise] = {
    "agent_talking": _(
        "An agent is talking with this contact, so FIRST LINE held the message back. "
        "Try again later, or force it if it cannot wait."
    ),
    "throttled": _("FIRST LINE asked us to slow down. Sending goes on by itself."),
    "unreachable": _(
        "FIRST LINE could not be reached. Nothing was sent; it is tried again by itself."
    ),
    "tls": _(
        "No secure connection to FIRST LINE could be made. Nothing was sent. "
        "Ask the administrator to check the address and its certificate."
    ),
    "token_refused": _(
        "FIRST LINE refused the token, so nothing more is posted. "
        "Ask the administrator to renew the token, then resume."
    ),
    "token_set_aside": _(
        "FIRST LINE refused this token, so it was set aside. "
        "Ask the administrator to renew it, then try it again."
    ),
    "redirected": _(
        "FIRST LINE's address points elsewhere, and messages are never posted on to another "
        "address. Ask the administrator to check the address, then try again."
    ),
    "not_found": _(
        "FIRST LINE does not know this contact or this address. "
        "Check the contact's id and channel, then try again."
    ),
    "blocked": _(
        "This person has blocked the account or no longer follows it. "
        "No message gets through: mark them do-not-disturb, and the next audience is without them."
    ),
    "no_contact": _(
        "FIRST LINE does not know this contact's id on this channel. The account may be gone: "
        "bring the contacts up to date, or mark them do-not-disturb."
    ),
    "too_large": _("FIRST LINE says that the message is too large. Shorten it and send it anew."),
    "invalid": _(
        "FIRST LINE did not accept the message as it is. "
        "Its answer says which part; mend the template and send it anew."
    ),
    "refused": _("FIRST LINE refused this message. Its answer says why."),
    "unsendable": _(
        "The message could not be made for this contact. Check the contact's id and attributes."
    ),
    "server_error": _(
        "FIRST LINE failed while it had the message, so it may or may not have been sent. "
        "Look in FIRST LINE, then settle it."
    ),
    "no_answer": _(
        "The message left, but no answer came in time, so it may or may not have been sent. "
        "Look in FIRST LINE, then settle it."
    ),
    "lost": _(
        "The connection broke after the message left, so it may or may not have been sent. "
        "Look in FIRST LINE, then settle it."
    ),
    "unfinished": _(
        "FIRST LINE began to answer and never finished, so it may or may not have been sent. "
        "Look in FIRST LINE, then settle it."
    ),
    "no_worker": _(
        "The background worker is not running, so nothing is sent. Nothing is lost. "
        "Ask the administrator to start it."
    ),
    "no_answers": _(
        "FIRST LINE is not answering. Messages on their way wait for its answer. "
        "If none comes, they become uncertain."
    ),
    "worker_died": _(
        "The program that was sending stopped in the middle, so this message may or may not have "
        "been sent. Look in FIRST LINE, then settle it."
    ),
    "settled_sent": _("Was uncertain; someone found that it was sent."),
    "settled_not_sent": _("Was uncertain; someone found that it was not sent. Try it again."),
    "cancelled": _("The broadcast was cancelled before this message was posted."),
    "erased": _("The contact was erased before this message was posted."),
    "do_not_disturb": _(
        "This contact was marked do-not-disturb after the broadcast began, so the message was not "
        "posted."
    ),
    "blank_value": _(
        "This contact has no value for a placeholder without a default, so the message was not "
        "sent. Add the value or a default value, then send it to them again."
    ),
    "run_of_failures": _(
        "Too many messages in a row did not go through, so sending stopped. "
        "Look at the reasons below, then resume or cancel."
    ),
    "share_of_failures": _(
        "Half of the last hundred messages did not go through, so sending stopped. "
        "Look at the reasons below, then resume or cancel."
    ),
    "wave": _("A wave has gone out. Look at how it went, then go on with the next one."),
    "archived": _(
        "Its template was archived after it was scheduled, so it waits for you: resume to send it "
        "all the same, or cancel it."
    ),
    "nobody": _(
        "Its time came and nobody was left in its audience. Was a tag renamed or deleted, or a "
        "value? Put that right, then resume, or cancel it."
    ),
    "late": _(
        "Its time came and no worker was there to send it. It is late now, so it waits for you: "
        "resume to send it now, or cancel it."
    ),
    "internal_error": _(
        "An unexpected error stopped this broadcast. Nothing is lost: resume it to try again. If "
        "it stops again, ask the administrator to look at the log."
    ),
    "restored": _(
        "The database was restored from a backup, which does not know what was sent since. Compare "
        "with FIRST LINE before you resume, or cancel."
    ),
    "misconfigured": _(
        "The connection to FIRST LINE is not set up correctly, so nothing can be posted. "
        "Ask the administrator to look at the settings, then resume."
    ),
}


# The end of a sentence, in English and in Chinese.
SENTENCE = re.compile(r"(?<=\.) |(?<=。)")


@lru_cache(maxsize=64)
def words(text: str) -> str:
    """The beginning of an answer on one line; of a JSON one its message and what was wrong."""
    try:
        said = _said(json.loads(text))
    except (ValueError, RecursionError):
        said = text
    printable = (char if char.isprintable() else " " for char in said)
    return " ".join("".join(printable).split())[:LONGEST]


def _said(answer: object) -> str:
    if not isinstance(answer, dict):
        return json.dumps(answer, ensure_ascii=False)
    errors = answer.get("errors")
    listed = errors.items() if isinstance(errors, dict) else ()
    found = [f"{field}: {_joined(what)}" for field, what in listed]
    return " · ".join(found) or str(answer.get("message") or json.dumps(answer, ensure_ascii=False))


def _joined(what: object) -> str:
    return " ".join(map(str, what)) if isinstance(what, list) else str(what)


def meaning_and_advice(reason: str) -> tuple[str, str]:
    """What happened, and what to do about it: the first sentence, and the others."""
    meaning, *advice = SENTENCE.split(reason_text(reason), maxsplit=1)
    return meaning, "".join(advice)


def reason_text(reason: str) -> str:
    """What happened and what to do, in the reader's language; what a person wrote stays."""
    return str(REASONS.get(reason, reason))
