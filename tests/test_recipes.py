"""CONTRIBUTING's recipes, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.test_architecture import ROOT, tracked

STEP = re.compile(r"`([\w./]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
START = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", "--check", "--dry-run", verbosity=0)
call_command("migrate", verbosity=0)
from django.test import Client
from tests.makers import make_contact, make_user
client = Client(SERVER_NAME="localhost")
client.force_login(make_user("佩珊", ["composer.write_template", "push.send_broadcast"]))
"""
KIND = """
import json
from pathlib import Path
from composer import forms, kinds
from composer.vocabulary import message, notices
from push.drill import required
sample = json.loads(Path("composer/kinds/location/sample.json").read_text())
read = kinds.read(sample)
assert list(required.problems(read)) == []
form = forms.bound("location", read.content())
assert form.is_valid() and message.payload(read) == sample
assert [notice.level for notice in notices.check(sample)] == []
page = client.get("/compose/location/")
assert page.status_code == 200 and b'name="address"' in page.content
typed = {"title": "台北門市", "address": "{{ id }}<b>", "channel": "line"}
shown = client.post("/compose/location/preview/", typed).getvalue().decode()
assert "<b>台北門市</b>" in shown and "&lt;b&gt;" in shown, shown
"""
CHANNEL = """
from composer import looks, preview
from composer.vocabulary import notices
assert '[data-channel="postcard"]' in looks.sheet()
long = {"type": "text", "message": "字" * 301}
rules = [(each.channel, each.rule) for each in notices.check(long)]
assert ("postcard", "text_max") in rules, rules
make_contact("小明", channel="postcard").full_clean()
page = client.get("/contacts/?channel=postcard").content.decode()
assert "小明" in page and "Postcard" in page
typed = {"message": "嗨", "channel": "postcard"}
shown = client.post("/compose/text/preview/", typed).getvalue().decode()
assert 'data-channel="postcard"' in shown, shown
"""


@pytest.fixture
def copy(tmp_path):
    for name in tracked():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def follow(copy, heading):
    """Writes each file that the recipe names; gives their paths."""
    recipe = (ROOT / "CONTRIBUTING.md").read_text().split(f"## Recipe: {heading}")[1]
    steps = STEP.findall(recipe.split("\n## ")[0])
    for name, content in steps:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(content)
    return [name for name, _content in steps]


def run(copy, code):
    return subprocess.run(
        [sys.executable, "-c", START + code],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        encoding="utf-8",
    )


def test_sixth_kind_by_the_recipe(copy):
    names = copy / "composer/kinds/__init__.py"
    names.write_text(
        names.read_text().replace('"image_carousel")', '"image_carousel", "location")')
    )
    (copy / "composer/kinds/location").mkdir()
    (copy / "composer/kinds/location/__init__.py").touch()
    written = follow(copy, "a sixth kind")

    done = run(copy, KIND)

    assert len(written) == 4
    assert done.returncode == 0, done.stderr


def test_eighth_channel_by_the_recipe(copy):
    written = follow(copy, "an eighth channel")

    done = run(copy, CHANNEL)

    assert len(written) == 1
    assert done.returncode == 0, done.stderr
