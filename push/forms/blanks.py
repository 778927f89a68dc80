"""What happens to contacts who lack a value: left out, given one for this send, or sent a blank."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from composer.vocabulary.placeholders import is_blank
from push.missing_values import Missing

SKIP, FILL, SEND = "skip", "fill", "send"
# Longer than any value that a channel shows.
LONGEST = 1_000

# What is wrong with values: sentences, or none.
Judge = Callable[[Mapping[str, str]], Sequence[str]]


@dataclass(frozen=True)
class Row:
    """The choice for one placeholder, as the page asks for it."""

    missing: Missing
    number: int
    choice: str
    value: str
    choice_errors: Sequence[str]
    value_errors: Sequence[str]


class BlankForm(forms.Form):
    """One choice for each of these placeholders; those in `missing` must be chosen.

    The fields are numbered, because the names are data. `judge` says what is wrong with values
    that are given for this send.
    """

    def __init__(
        self,
        data: Any,
        *,
        names: Sequence[str],
        missing: Collection[str] = (),
        judge: Judge = lambda _values: (),
    ) -> None:
        super().__init__(data)
        self.names, self.missing, self.judge = names, missing, judge
        choices = [(SKIP, _("Leave out")), (FILL, _("Give a value")), (SEND, _("Send a blank"))]
        for number, _name in enumerate(names):
            self.fields[f"blank_{number}"] = forms.ChoiceField(choices=choices, required=False)
            self.fields[f"blank_{number}_value"] = forms.CharField(
                max_length=LONGEST, required=False
            )

    @property
    def skipped(self) -> tuple[str, ...]:
        """Whoever lacks one of these is left out of the audience."""
        return tuple(name for number, name in enumerate(self.names) if self._is(number, SKIP))

    @property
    def fallbacks(self) -> dict[str, str]:
        """What is sent in place of a missing value; an empty text sends the blank."""
        filled = {
            name: self._value(number)
            for number, name in enumerate(self.names)
            if self._is(number, FILL) and not is_blank(self._value(number))
        }
        blank = (name for number, name in enumerate(self.names) if self._is(number, SEND))
        return filled | dict.fromkeys(blank, "")

    @property
    def undecided(self) -> list[str]:
        return [name for number, name in enumerate(self.names) if not self._choice(number)]

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that say something, for an address or hidden fields."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def rows(self, missing: Collection[Missing]) -> list[Row]:
        """What to ask, given how many contacts lack which value."""
        return [self._row(self.names.index(each.name), each) for each in missing]

    def clean(self) -> dict[str, Any]:
        for number, name in enumerate(self.names):
            if name in self.missing and not self._choice(number):
                words = gettext("Choose what happens to contacts without a value for %(name)s.")
                self.add_error(f"blank_{number}", words % {"name": f"{{{{ {name} }}}}"})
            if self._is(number, FILL):
                for words in self._complaints(number, name):
                    self.add_error(f"blank_{number}_value", words)
            if self._is(number, SEND):
                for words in self.judge({name: ""}):
                    self.add_error(f"blank_{number}", words)
        return self.cleaned_data

    def _complaints(self, number: int, name: str) -> Sequence[str]:
        value = self._value(number)
        if is_blank(value):
            return [gettext("Enter a value for %(name)s.") % {"name": f"{{{{ {name} }}}}"}]
        return self.judge({name: value})

    def _row(self, number: int, missing: Missing) -> Row:
        errors = {name: list(map(str, said)) for name, said in self.errors.items()}
        return Row(
            missing,
            number,
            self._choice(number),
            self._value(number),
            errors.get(f"blank_{number}", []),
            errors.get(f"blank_{number}_value", []),
        )

    def _is(self, number: int, choice: str) -> bool:
        return self._choice(number) == choice

    def _choice(self, number: int) -> str:
        said = self.data.get(f"blank_{number}", "")
        return said if said in (SKIP, FILL, SEND) else ""

    def _value(self, number: int) -> str:
        value: str = self.data.get(f"blank_{number}_value", "")
        return value.strip().replace("\0", "")[:LONGEST]
