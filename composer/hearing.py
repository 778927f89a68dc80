"""What the page says of a message without the picture: lock screen, screen reader, answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from composer.preview import Preview
from composer.vocabulary import answers, spoken
from composer.vocabulary.answers import Press


@dataclass(frozen=True)
class Heard:
    """A message as the chosen channel's customer hears it and answers it."""

    phone: Preview

    @cached_property
    def payload(self) -> dict[str, Any]:
        return {"type": self.phone.kind, "message": self.phone.plain_message}

    @property
    def lock(self) -> str:
        return spoken.lock(self.payload)

    @property
    def is_lock_known(self) -> bool:
        return spoken.is_lock_known(self.payload, self.phone.channel)

    @property
    def lines(self) -> list[str]:
        said = spoken.lines(self.payload, self.phone.channel)
        return [_(line.text) % line.params for line in said]

    @property
    def presses(self) -> list[Press]:
        return answers.presses(self.payload, self.phone.channel)
