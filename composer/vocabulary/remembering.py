"""Answers about a text, kept for the next time: a keystroke changes one text of many."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer", bound=Callable[..., Any])

KEPT = 4096
# Nobody writes many texts longer than this; to keep them would take up the memory.
LONGEST = 2000


def remembered(answer: Answer) -> Answer:
    """For a pure function whose first argument is a text and whose others are short."""
    kept = lru_cache(maxsize=KEPT)(answer)

    @wraps(answer)
    def recall(text: str, *rest: Hashable) -> Any:
        return kept(text, *rest) if len(text) <= LONGEST else answer(text, *rest)

    return cast(Answer, recall)
