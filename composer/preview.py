"""A message as one channel shows it: drawn from the payload and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from composer.vocabulary import channels, placeholders
from composer.vocabulary.channels import Channel


def mark(value: str) -> str:
    """Wraps a filled-in value, so that the page can underline it: the `shown` filter unwraps."""
    return f"\ue000{value}\ue001"


@dataclass(frozen=True)
class Preview:
    """A payload on a channel, filled with one contact's values."""

    payload: Mapping[str, Any]
    channel: Channel
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.payload["type"]

    @property
    def template(self) -> str:
        return f"composer/preview/{self.kind}.html"

    @property
    def message(self) -> Any:
        """The body, filled, each value marked."""
        return placeholders.fill(self.payload["message"], self.values, mark=mark)


def draw(
    payload: Mapping[str, Any], *, channel: str, values: Mapping[str, str] | None = None
) -> Preview:
    return Preview(payload, channels.ALL[channel], values or {})
