"""Templates in a JSON file, read strictly: every entry, or every problem."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from composer import checking, forms, kinds, library
from composer.details import TAG_LENGTH
from composer.vocabulary import message, paths
from composer.vocabulary.message import Malformed, Message

LARGEST = 20 * 2**20
KEYS = {"name", "type", "message", "tags", "notes"}


@dataclass(frozen=True)
class Entry:
    """One template of a file; tags and notes are None where the file is silent."""

    name: str
    message: Message
    tags: tuple[str, ...] | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Problem:
    """Why an entry cannot be taken: which, where in it, and the reason."""

    name: str
    path: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.name, self.path, self.reason) if part)


@dataclass(frozen=True)
class File:
    """What a file holds, and what is wrong with it."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(data: bytes) -> File:
    """Every entry, or every problem: a file is taken whole or not at all."""
    try:
        rows = _rows(_parsed(data))
    except ValueError as error:
        return File(problems=(Problem("", "", str(error)),))
    entries, problems = [], []
    for number, row in enumerate(rows, 1):
        try:
            entries.append(_entry(row))
        except Malformed as error:
            reason = _(error.reason) % error.params
            problems.append(Problem(_called(row, number), error.path, reason))
    problems += _repeated(entries)
    return File((), tuple(problems)) if problems else File(tuple(entries))


def _parsed(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise ValueError(_("The file is larger than 20 MB. Split it."))
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, object_pairs_hook=_once_each)
    except UnicodeDecodeError as error:
        raise ValueError(_("The file is not UTF-8 text.")) from error
    except json.JSONDecodeError as error:
        raise ValueError(
            _("This is not JSON: line %(line)s, column %(column)s.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise ValueError(_("The JSON is nested too deeply.")) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Python would keep the last of two equal keys and say nothing."""
    names = [name for name, value in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(_("The key %(key)s appears twice in one object.") % {"key": name})
    return dict(pairs)


def _rows(parsed: Any) -> list[Any]:
    if isinstance(parsed, dict):
        return [parsed]
    if not isinstance(parsed, list):
        raise ValueError(_("A list of templates, or one message with type and message, is needed."))
    if not parsed:
        raise ValueError(_("The list is empty."))
    return parsed


def _entry(row: Any) -> Entry:
    if not isinstance(row, dict):
        raise Malformed("", _("An object with name, type and message is expected."))
    for key in row:
        if key not in KEYS:
            raise Malformed(key, _("This key is unknown."))
    _ensure_storable(row)
    read = kinds.read({key: row[key] for key in ("type", "message") if key in row})
    _ensure_valid(read)
    return Entry(_name(row, read), read, _tags(row), _notes(row))


def _ensure_storable(row: dict[str, Any]) -> None:
    for path, value in paths.walk(row):
        if isinstance(value, str) and "\0" in value:
            raise Malformed(path, _("A NUL character cannot be kept."))
        if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise Malformed(path, _("Half a character (a lone surrogate) cannot be kept."))


def _ensure_valid(read: Message) -> None:
    """As the compose page would take it, and the checker let it be published."""
    form = forms.bound(read.kind, read.content())
    problems = [] if form.is_valid() else [(_path(field), said) for field, said in form.problems()]
    breaches = library.breaches(message.payload(read))
    for path, reason in [*problems, *((each.path, checking.sentence(each)) for each in breaches)]:
        raise Malformed(path, reason.replace("%", "%%"))


def _path(field: str) -> str:
    """`columns-0-actions-1-text` as the API document would write it."""
    path = ""
    for step in field.split("-"):
        path += f"[{step}]" if step.isdigit() else f".{step}" if path else step
    return path


def _name(row: dict[str, Any], read: Message) -> str:
    name = row.get("name")
    if name is None:
        return library.first_words(read)
    if not isinstance(name, str) or not name.strip():
        raise Malformed("name", _("A name is expected here."))
    if len(name.strip()) > library.NAME_LENGTH:
        raise Malformed("name", _("A name has 120 characters at most."))
    return name.strip()


def _tags(row: dict[str, Any]) -> tuple[str, ...] | None:
    tags = row.get("tags")
    if tags is None:
        return None
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise Malformed("tags", _("A list of words is expected here."))
    cleaned = [tag.strip() for tag in tags]
    for index, tag in enumerate(cleaned):
        if not 0 < len(tag) <= TAG_LENGTH:
            raise Malformed(f"tags[{index}]", _("A tag has 1 to 40 characters."))
    return tuple(dict.fromkeys(cleaned))


def _notes(row: dict[str, Any]) -> str | None:
    notes = row.get("notes")
    if notes is not None and not isinstance(notes, str):
        raise Malformed("notes", _("A text is expected here."))
    return notes


def _called(row: Any, number: int) -> str:
    """How a person finds the entry: by its name, or by its place in the file."""
    name = row.get("name") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name.strip():
        return _("Template %(number)s") % {"number": number}
    name = " ".join(name.split())
    return f"“{name[:60]}”"


def _repeated(entries: list[Entry]) -> Iterator[Problem]:
    names = [entry.name for entry in entries]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(f"“{name}”", "name", _("This name appears more than once in the file."))
