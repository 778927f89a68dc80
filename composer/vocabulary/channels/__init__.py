"""The seven channels, in the order people see them. An eighth is one more file here."""

from importlib import import_module
from pkgutil import iter_modules

from .channel import Channel, Frame, Limit, Native, Scheme

__all__ = ["ALL", "FIRST", "Channel", "Frame", "Limit", "Native", "Scheme"]

_found = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
ALL: dict[str, Channel] = {
    module.CHANNEL.slug: module.CHANNEL
    for module in sorted((m for m in _found if hasattr(m, "CHANNEL")), key=lambda m: m.PLACE)
}
# Where a person has not chosen one yet.
FIRST = next(iter(ALL))
