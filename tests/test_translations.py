"""Every string that people see is there in Traditional Chinese too."""

import os
import shutil
import subprocess
import sys

import polib
import pytest

from tests.test_architecture import ROOMS, ROOT, tracked

CATALOGUE = "locale/zh_Hant/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """The catalogue as `makemessages` would leave it, made in a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for name in [*tracked("*.py"), *tracked("templates/*", "locale/*")]:
        if name.startswith((*(f"{room}/" for room in ROOMS), "templates/", "locale/")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    (copy / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=zh_Hant", "--no-obsolete"],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": ""},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / CATALOGUE))


def test_translation_is_complete(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_translation_has_nothing_fuzzy(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_translation_keeps_what_is_filled_in(catalogue):
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--output-file=/dev/null", "-"],
        input=str(catalogue),
        capture_output=True,
        encoding="utf-8",
    )

    assert (checked.returncode, checked.stderr) == (0, "")
