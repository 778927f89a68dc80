"""The house's rules: who may import whom, every kind complete, no inline scripts or styles."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from composer import kinds

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "composer", "push", "people", "scripts", "bench")
PURE = sys.stdlib_module_names | {"regex", "composer.vocabulary"}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b|\son\w+\s*=\s*[\"']|javascript:"
    r"|style=(?![\"'](?:--accent|--share))",
    re.IGNORECASE,
)
ICON = re.compile(r"{%\s*icon\s+\"([\w-]+)\"")


@cache
def tracked(*patterns):
    """The project's own files, as git sees them, also those that were not added yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def code(*rooms):
    """Our Python, without what Django writes for us."""
    return [
        name
        for name in tracked("*.py")
        if name.startswith(tuple(f"{room}/" for room in rooms)) and "/migrations/" not in name
    ]


@cache
def tree(name):
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def imported(name):
    """Every module that a file imports, absolute, with the names taken from it."""
    package = name.removesuffix(".py").removesuffix("/__init__").split("/")
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: -node.level or None] if node.level else []
            if node.level and name.endswith("__init__.py"):
                above = package[: len(package) - node.level + 1]
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def importers(names, *modules):
    """`file: module` of every import of one of the modules."""
    return [
        f"{name}: {found}"
        for name in names
        for found in imported(name)
        if any(found == module or found.startswith(f"{module}.") for module in modules)
    ]


def test_composer_never_imports_push():
    assert importers(code("composer"), "push") == []


def test_people_imports_neither_half():
    assert importers(code("people"), "composer", "push") == []


def test_the_configuration_knows_the_apps_and_not_they_it():
    assert importers(code("composer", "push", "people"), "config") == []


def test_vocabulary_and_messages_are_pure():
    pure = [
        name
        for name in code("composer")
        if name.startswith("composer/vocabulary/")
        or name.endswith(("/message.py", "/kinds/__init__.py"))
    ]

    impure = [
        f"{name}: {found}"
        for name in pure
        for found in imported(name)
        if not {found.split(".")[0], ".".join(found.split(".")[:2])} & PURE
    ]

    assert len(pure) > 10
    assert impure == []


def test_only_the_client_imports_requests():
    # The benches post naively, to compare.
    rooms = code(*(room for room in ROOMS if room != "bench"))

    assert {line.split(":")[0] for line in importers(rooms, "requests")} == {"push/client.py"}


def test_imports_stand_at_the_top():
    inside = [
        f"{name}:{node.lineno}"
        for name in code(*ROOMS)
        for function in ast.walk(tree(name))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_kind_is_complete(kind):
    expected = [
        f"composer/kinds/{kind}/message.py",
        f"composer/kinds/{kind}/form.py",
        f"composer/kinds/{kind}/sample.json",
        f"templates/composer/preview/{kind}.html",
    ]

    assert [name for name in expected if not (ROOT / name).exists()] == []


def test_modules_say_what_they_are():
    silent = [
        name
        for name in code(*ROOMS)
        if tree(name).body and not ast.get_docstring(tree(name)) and not name.endswith("/apps.py")
    ]

    assert silent == []


def test_templates_hold_no_scripts_and_no_styles():
    found = [
        f"{name}: {match[0]}"
        for name in tracked("templates/*.html")
        for match in INLINE.finditer((ROOT / name).read_text(encoding="utf-8"))
    ]

    assert found == []


def test_colours_are_tokens():
    sheets = [name for name in tracked("static/css/*.css") if not name.endswith("/tokens.css")]

    found = [
        f"{name}: {match[0]}"
        for name in sheets
        for match in COLOUR.finditer(COMMENT.sub("", (ROOT / name).read_text(encoding="utf-8")))
    ]

    assert found == []


def test_icons_that_templates_use_are_listed():
    listed = (ROOT / "static/icons.txt").read_text().split()

    used = {
        icon
        for name in tracked("templates/*.html")
        for icon in ICON.findall((ROOT / name).read_text(encoding="utf-8"))
    } | {kinds.MESSAGES[kind].icon for kind in kinds.NAMES}

    assert sorted(used - set(listed)) == []
    assert listed == sorted(set(listed))
