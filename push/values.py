"""A contact's values for placeholders, as the database reads them.

Placeholders and attributes are named by people: a name only ever travels as data. It is never an
argument, an alias or a field to look up.
"""

import json
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from django.db.models import Case, F, Func, JSONField, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.db.models.lookups import GreaterThan

from composer.vocabulary import contact_fields, placeholders

# SQLite takes at most 127 arguments, two for each name (SQLITE_MAX_FUNCTION_ARG).
AT_ONCE = 50

# Where a contact's own fields are.
COLUMNS = {"name": "name", "id": "contactable_id"}


def value(name: str) -> Combinable:
    """The value for one placeholder; what headers call a field is that field, as when filling."""
    field = contact_fields.field_of(name)
    if field is None:
        return AttributeValue(name)
    if name == field:
        return F(COLUMNS[field])
    own = NullIf(AttributeValue(name), Value("", TextField()))
    return Coalesce(own, Cast(F(COLUMNS[field]), TextField()))


def all_of(names: Sequence[str], fallbacks: Mapping[str, str] | None = None) -> Combinable:
    """One JSON object with the values for all of these names, or else with their fallbacks."""
    return NamedValues(names, fallbacks or {})


def visible(name: str) -> Combinable:
    """The value without white space around it: empty where nothing would be seen."""
    return Coalesce(Stripped(value(name)), Value(""), output_field=TextField())


class Stripped(Func):
    """A text without the characters of `placeholders.BLANKS` around it."""

    function = "TRIM"
    output_field = TextField()

    def __init__(self, text: Combinable) -> None:
        super().__init__(Cast(text, TextField()), Value(placeholders.BLANKS))

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        return self.as_sql(compiler, connection, function="BTRIM", **options)


class AttributeValue(Func):
    """The text of one attribute, NULL where the contact has none of this name.

    Django's own look-up takes a name of digits for the place in a list.
    """

    output_field = TextField()

    def __init__(self, name: str) -> None:
        super().__init__(F("attributes"))
        self.name = name

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        if '"' not in self.name and "\\" not in self.name:
            path = f"$.{json.dumps(self.name)}"
            return f"CAST(JSON_EXTRACT({column}, %s) AS TEXT)", (*params, path)
        # Its paths have no way to write a quotation mark: the attributes are gone through.
        each = f"SELECT CAST(value AS TEXT) FROM JSON_EACH({column}) WHERE key = %s"  # noqa: S608
        return f"({each})", (*params, self.name)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        return f"({column} ->> %s::text)", (*params, self.name)


class NamedValues(Func):
    """A JSON object of names and values, of any number."""

    output_field = JSONField()

    def __init__(self, names: Sequence[str], fallbacks: Mapping[str, str]) -> None:
        pairs = [(Value(name), _or_fallback(name, fallbacks.get(name, ""))) for name in names]
        super().__init__(*(part for pair in pairs for part in pair))

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        parts = [compiler.compile(part) for part in self.source_expressions]
        starts = range(0, len(parts), 2 * AT_ONCE)
        objects = [f"JSON_OBJECT({_listed(parts[at : at + 2 * AT_ONCE])})" for at in starts]
        whole = reduce(lambda left, right: f"JSON_PATCH({left}, {right})", objects)
        return whole, [param for _sql, own in parts for param in own]

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        parts = [compiler.compile(part) for part in self.source_expressions]
        names, values = parts[::2], parts[1::2]
        params = [param for _sql, own in names + values for param in own]
        arrays = f"ARRAY[{_listed(names)}]::text[], ARRAY[{_listed(values)}]::text[]"
        return f"JSONB_OBJECT({arrays})", params


def _or_fallback(name: str, fallback: str) -> Combinable:
    own = Cast(value(name), TextField())
    if not fallback:
        return own
    has_own = Q(GreaterThan(visible(name), Value("")))
    return Case(When(has_own, then=own), default=Value(fallback), output_field=TextField())


def _listed(parts: Sequence[tuple[str, Any]]) -> str:
    return ", ".join(sql for sql, _params in parts)
