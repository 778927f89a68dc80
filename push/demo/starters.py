"""The starter templates: made once, renewed with the pictures' address, otherwise left alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Prefetch

from composer import kinds, library
from composer.models import Template, Version
from composer.vocabulary.message import Message

FILE = Path(__file__).with_name("starters.json")
# Both languages in one: what is kept is read by people of either.
STARTED = "起始範本 · Starter template"
RENEWED = "起始範本更新 · Starter template brought up to date"


def load(by: User) -> int:
    """How many templates were made or renewed."""
    text = FILE.read_text("utf-8").replace("{base}", settings.PUBLIC_BASE_URL)
    kept = _kept()
    return sum(_load(row, kept.get(row["name"]), by=by) for row in json.loads(text))


def _load(row: Mapping[str, Any], template: Template | None, *, by: User) -> bool:
    message = kinds.read({"type": row["type"], "message": row["message"]})
    if template is None:
        _start(row, message, by=by)
        return True
    versions = list(template.versions.all())
    if not _is_ours(versions) or versions[0].message == message:
        return False
    library.save_version(template, message, by=by, expected=versions[0].number, why=RENEWED)
    return True


def _is_ours(versions: list[Version]) -> bool:
    """Nobody has edited it since: what a person has changed is theirs."""
    return {version.why for version in versions} <= {STARTED, RENEWED}


def _start(row: Mapping[str, Any], message: Message, *, by: User) -> None:
    version = library.create(
        name=row["name"], message=message, by=by, tags=row["tags"], notes=row["notes"], why=STARTED
    )
    if row.get("state") != "draft":
        library.publish(version.template, by=by)


def _kept() -> dict[str, Template]:
    versions = Prefetch("versions", Version.objects.order_by("-number"))
    return {
        template.name: template for template in Template.objects.listed().prefetch_related(versions)
    }
