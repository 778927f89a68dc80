"""One post from arrival to answer: judged, kept in the journal, counted in the inbox."""

from dataclasses import dataclass
from typing import Any

from push.drill import breaking, rules
from push.drill.index import Indexer
from push.drill.journal import NO_ANSWER, Journal
from push.drill.rules import Answer
from push.drill.state import State

# Seconds until the disk may have room again.
LATER = "5"
FAILING = {
    "401": Answer(401, {"message": "Unauthenticated."}),
    "500": Answer(500, {"message": "Server Error"}),
    "503": Answer(503, {"message": "Service Unavailable"}, {"Retry-After": LATER}),
}


@dataclass(frozen=True)
class Post:
    """What a client sent, as far as it matters."""

    raw: bytes
    content_type: str = "application/json"
    authorization: str = ""

    @property
    def token(self) -> str:
        """With or without a scheme before it: FIRST LINE's pages show both."""
        return self.authorization.rpartition(" ")[2]


@dataclass(frozen=True)
class Desk:
    """Takes posts, from any thread; with tokens, only posts that carry one of them."""

    state: State
    journal: Journal
    indexer: Indexer
    tokens: frozenset[str] = frozenset()

    def take(self, post: Post) -> Answer | str:
        """The answer to give, or the way in which none arrives.

        What the journal cannot keep was not taken: the answer asks for it again later.
        """
        body = rules.read(post.raw)
        failure = self.state.fails()
        answer = FAILING.get(failure) or self._judge(post, body)
        try:
            self._keep(body, answer, failure if failure in breaking.WAYS else "")
        except OSError as error:
            said = {"message": f"The drill cannot keep this post: {error}"}
            return Answer(503, said, {"Retry-After": LATER})
        return failure if failure in breaking.WAYS else answer

    def _judge(self, post: Post, body: dict[str, Any] | None) -> Answer:
        if self.tokens and post.token not in self.tokens:
            return FAILING["401"]
        if wait := self.state.wait(post.token):
            return rules.throttled(wait)
        if post.content_type != "application/json":
            return Answer(406, {"message": "The body must be application/json."})
        if body is None:
            return Answer(400, {"message": "The body is not a JSON object."})
        return rules.refusal(body) or self._welcome(body)

    def _welcome(self, body: dict[str, Any]) -> Answer:
        mood = self.state.mood(rules.channel(body), rules.contact(body))
        if mood == "unknown":
            return rules.unknown()
        return rules.talking() if mood == "talking" and "is_force" not in body else rules.SENT

    def _keep(self, body: dict[str, Any] | None, answer: Answer, silence: str) -> None:
        status = NO_ANSWER if silence else answer.status
        said = {"message": silence} if silence else answer.body
        self.journal.write(body, status=status, answer=said)
        self.indexer.poke()
