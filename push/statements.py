"""The statements of the engine's step, as plain SQL that is made once or put together quickly.

A step has six of them, a hundred times a second. To let the ORM make them anew each time costs
ten times what running them does, and it holds up the threads that post.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

NOW = {
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "postgresql": "SELECT statement_timestamp()",
}


def update(
    model: type[Model],
    *,
    where: Mapping[str, Any],
    put: Mapping[str, Any],
    add: Mapping[str, int] | None = None,
) -> int:
    """Puts and adds values where these columns are equal, or among those of a list; gives how many.

    Columns by their names in the database.
    """
    sets = [f"{_quoted(name)} = %s" for name in put]
    sets += [f"{_quoted(name)} = {_quoted(name)} + %s" for name in add or ()]
    tests = [_test(name, value) for name, value in where.items()]
    params = [*put.values(), *(add or {}).values()]
    for value in where.values():
        params += value if isinstance(value, list) else [value]
    # All names are the models' own.
    changes = f"SET {', '.join(sets)} WHERE {' AND '.join(tests)}"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} {changes}", _adapted(params))
        return cursor.rowcount


def rows(build: Callable[..., QuerySet[Any, Any]], *keys: int | str) -> list[tuple[Any, ...]]:
    """What `build(*keys)` selects, as the database says it; its SQL is made once."""
    sql, params = _made(build, tuple(map(type, keys)), connection.vendor)
    given = dict(zip(_marks(map(type, keys)), keys, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        return cursor.fetchall()


def now() -> datetime:
    """The database's time."""
    with connection.cursor() as cursor:
        cursor.execute(NOW[connection.vendor])
        return moment(cursor.fetchone()[0])


def moment(said: datetime | str) -> datetime:
    """A time as the database says it: SQLite says it without its zone, or as text."""
    time = datetime.fromisoformat(said) if isinstance(said, str) else said
    return time if time.tzinfo else time.replace(tzinfo=UTC)


@cache
def _made(
    build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...], _vendor: str
) -> tuple[str, tuple[Any, ...]]:
    return build(*_marks(kinds)).query.sql_with_params()


def _marks(kinds: Iterable[type]) -> list[int | str]:
    """Values that stand for the real ones in SQL that is made once."""
    return [
        number if kind is int else f"mark {number}"
        for number, kind in enumerate(kinds, start=-1_234_567_890)
    ]


@cache
def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _test(name: str, value: object) -> str:
    if isinstance(value, list):
        return f"{_quoted(name)} IN ({', '.join(['%s'] * len(value))})"
    return f"{_quoted(name)} = %s"


def _adapted(params: Iterable[Any]) -> list[Any]:
    return [ADAPTED.get(type(param), _plain)(param) for param in params]


def _plain(param: Any) -> Any:
    return param.value if isinstance(param, Enum) else param


def _moment(param: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(param)


ADAPTED: dict[type, Callable[[Any], Any]] = {datetime: _moment}
