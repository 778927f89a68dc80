"""The filter `blanks`: a blank row of each list in a form, to be copied by the page's scripts."""

from collections.abc import Iterator
from typing import cast

from django import template

from composer.forms.nested import NestedForm, RowSet

register = template.Library()


@register.filter
def blanks(form: NestedForm) -> Iterator[tuple[RowSet, NestedForm]]:
    """Each list with a row whose place in it is `__prefix__`; lists within rows as well."""
    for inner in form.inner.values():
        if isinstance(inner, NestedForm):
            yield from blanks(inner)
        else:
            row = cast(NestedForm, inner.empty_form)
            yield inner, row
            yield from blanks(row)
