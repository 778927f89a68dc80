"""Forms that hold forms: one inside another, or a list of them, declared like fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

Content = dict[str, Any]

# A list of more rows than these opens with all but the first folded to a line.
OPEN = 4


class RowSet(BaseFormSet):
    """A Django formset whose every row counts, blank ones too."""

    rows: "Rows"
    default_error_messages: ClassVar = {
        "missing_management_form": _("This list arrived damaged. Reload the page and try again."),
        "too_many_forms": _("%(num)d is the most that fits here."),
    }

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        # Permitted to be empty, a blank card with a filled button passes and loses its picture.
        return {**super().get_form_kwargs(index), "empty_permitted": False}

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        cast(NestedForm, form).is_folded = bool(index) and self.total_form_count() > OPEN

    def clean(self) -> None:
        # Django's own minimum overlooks rows whose first level is blank.
        if len(self.forms) < self.min_num:
            raise ValidationError(_("At least %(num)d is needed here.") % {"num": self.min_num})

    def content(self) -> list[Content]:
        return [cast(NestedForm, form).content() for form in self.forms]

    is_list = True

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= self.max_num

    @property
    def is_least(self) -> bool:
        return len(self.forms) <= self.min_num


@dataclass(frozen=True)
class Rows:
    """A list of forms. `noun` names one of them to people, `add` is on the button for one more."""

    form: type["NestedForm"]
    max_num: int
    label: Any
    noun: Any
    add: Any
    min_num: int = 1

    @cached_property
    def formset(self) -> type[RowSet]:
        made = formset_factory(
            self.form,
            formset=RowSet,
            extra=0,
            min_num=self.min_num,
            max_num=self.max_num,
            # A forged count is cut here before a million forms are made.
            absolute_max=self.max_num,
            validate_max=True,
        )
        return cast(type[RowSet], type(made.__name__, (made,), {"rows": self}))

    def typed(self, data: Mapping[str, Any], prefix: str) -> list[Content]:
        count = data.get(f"{prefix}-{TOTAL_FORM_COUNT}") or ""
        if not (count.isascii() and count.isdecimal()):
            return []
        rows = min(int(count[:9]), self.max_num)
        return [self.form.typed(data, f"{prefix}-{index}") for index in range(rows)]

    def bind(self, parent: "NestedForm", name: str) -> RowSet:
        return self.formset(
            parent.data if parent.is_bound else None,
            prefix=parent.add_prefix(name),
            initial=parent.initial.get(name) or None,
        )


@dataclass(frozen=True)
class Nested:
    """One form inside another."""

    form: type["NestedForm"]
    label: Any

    def typed(self, data: Mapping[str, Any], prefix: str) -> Content:
        return self.form.typed(data, prefix)

    def bind(self, parent: "NestedForm", name: str) -> "NestedForm":
        return self.form(
            parent.data if parent.is_bound else None,
            prefix=parent.add_prefix(name),
            initial=parent.initial.get(name) or {},
            empty_permitted=False,
            use_required_attribute=False,
        )


class Shared(dict[str, forms.Field]):
    """Fields that all forms of a class share: none of ours changes one.

    Django copies each field deeply for each form, a fifth of the largest carousel's preview.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class NestedForm(forms.Form):
    """A form whose class may declare `Rows` and `Nested` among its fields.

    Its `initial` is content: nested dicts and lists, as `content()` gives them.
    """

    use_required_attribute = False
    # As one of a long list: folded to a line until somebody opens it.
    is_folded: bool = False
    # How one of a list is drawn: a card, unless a subclass says otherwise.
    row_template: ClassVar[str] = "composer/_card.html"
    # Fields that most people leave alone: drawn folded away.
    spare_names: ClassVar[tuple[str, ...]] = ()
    declared: ClassVar[dict[str, Rows | Nested]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {name: part for name, part in vars(cls).items() if isinstance(part, Rows | Nested)}
        cls.declared = {**cls.declared, **own}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        vars(self)["base_fields"] = Shared(self.base_fields)
        super().__init__(*args, **kwargs)
        self.inner: dict[str, RowSet | NestedForm] = {
            name: part.bind(self, name) for name, part in self.declared.items()
        }

    @classmethod
    def typed(cls, data: Mapping[str, Any], prefix: str = "") -> Content:
        """The content of a post without judging it: no forms are made, as a keystroke needs it."""
        own = {
            name: _typed(field, data, _join(prefix, name))
            for name, field in cls.base_fields.items()
        }
        return own | {
            name: part.typed(data, _join(prefix, name)) for name, part in cls.declared.items()
        }

    def is_valid(self) -> bool:
        """Asks every inner form, so that all errors show at once."""
        return all([super().is_valid(), *(inner.is_valid() for inner in self.inner.values())])

    def content(self) -> Content:
        """Cleaned where clean, as typed elsewhere; the initial content where nothing was sent."""
        own = {name: self._value(name) for name in self.fields}
        return own | {name: inner.content() for name, inner in self.inner.items()}

    @property
    def main(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.spare_names]

    @property
    def spare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.spare_names]

    @property
    def parts(self) -> list[tuple[Rows | Nested, "RowSet | NestedForm"]]:
        """Each declared list or inner form with how it is declared, for templates."""
        return [(part, self.inner[name]) for name, part in self.declared.items()]

    @property
    def sum(self) -> str:
        """One line of what is in it, for when it is folded."""
        words = (str(self[name].value() or "") for name in ("title", "text") if name in self.fields)
        return "　".join(word for word in words if word)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each error with the name of its field, or of the list it concerns."""
        for name, errors in self.errors.items():
            yield from ((self.add_prefix(name), str(error)) for error in errors)
        for inner in self.inner.values():
            yield from _problems(inner)

    def _value(self, name: str) -> Any:
        if not self.is_bound:
            return _storable(self.get_initial_for_field(self.fields[name], name))
        if name not in self.errors and name in self.cleaned_data:
            return _storable(self.cleaned_data[name])
        return _storable(self[name].data)


def _typed(field: forms.Field, data: Mapping[str, Any], name: str) -> Any:
    """What the field makes of it; as it was typed where the field takes exception."""
    value = field.widget.value_from_datadict(cast("dict[str, Any]", data), {}, name)
    try:
        return _storable(field.to_python(value))
    except ValidationError:
        return _storable(value)


def _join(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _storable(value: Any) -> Any:
    """Without what no database keeps: NUL and half characters. Numbers and booleans stay."""
    if isinstance(value, bool | int | float):
        return value
    text = "" if value is None else str(value)
    return text.replace("\0", "").encode(errors="ignore").decode()


def _problems(inner: RowSet | NestedForm) -> Iterator[tuple[str, str]]:
    if isinstance(inner, NestedForm):
        yield from inner.problems()
        return
    yield from ((inner.prefix or "", str(error)) for error in inner.non_form_errors())
    for form in inner.forms:
        yield from cast(NestedForm, form).problems()


def flat(content: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Content as a browser would post it, with the counts that formsets ask for."""
    posted: dict[str, str] = {}
    for name, value in content.items():
        key = f"{prefix}-{name}" if prefix else name
        if isinstance(value, list):
            posted |= {f"{key}-TOTAL_FORMS": str(len(value)), f"{key}-INITIAL_FORMS": "0"}
            for index, row in enumerate(value):
                posted |= flat(row, f"{key}-{index}")
        elif isinstance(value, Mapping):
            posted |= flat(value, key)
        else:
            posted[key] = value
    return posted
