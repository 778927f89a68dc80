"""What may go wrong, named by what the catcher does.

    EngineError
    ├── NotPossible   tell the person: nothing was changed, and the text says why
    │   └── InQuietHours  offer the next time that is allowed
    └── Misconfigured tell the operator: nothing can be posted until a setting is mended

What the API answers is never an exception: it is a `client.Reply`, judged in `outcomes.py`.
"""

from datetime import datetime


class EngineError(Exception):
    """The engine cannot do what it was asked."""


class NotPossible(EngineError):
    """What was asked does not fit the broadcast's state or the rules; the text is for people."""


class InQuietHours(NotPossible):
    """The time that was asked for; `allowed` is the next one that is none of them."""

    def __init__(self, words: str, allowed: datetime) -> None:
        super().__init__(words)
        self.allowed = allowed


class Misconfigured(EngineError):
    """A setting makes posting impossible; the text names the setting, never its value."""
