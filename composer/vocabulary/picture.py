"""A picture as a file: what can be known of it without looking at what it shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """`format` is `jpeg` or `png`; width and height are in pixels."""

    bytes: int
    width: int
    height: int
    format: str
