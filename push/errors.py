"""What may go wrong, named by what the catcher does.

    EngineError
    ├── NotPossible   tell the person: nothing was changed, and the text says why
    └── Misconfigured tell the operator: nothing can be posted until a setting is mended

What the API answers is never an exception: it is a `client.Reply`, judged in `outcomes.py`.
"""


class EngineError(Exception):
    """The engine cannot do what it was asked."""


class NotPossible(EngineError):
    """What was asked does not fit the broadcast's state or the rules; the text is for people."""


class Misconfigured(EngineError):
    """A setting makes posting impossible; the text names the setting, never its value."""
