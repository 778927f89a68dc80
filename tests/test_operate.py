"""What docs/operate.md tells operators is there, and is what the product has."""

import re
import shutil
import subprocess

import pytest
from django.core.management import get_commands

from scripts import web
from tests.test_architecture import ROOT

GUIDE = (ROOT / "docs" / "operate.md").read_text()
UNITS = sorted((ROOT / "docs" / "systemd").glob("*.service"))


def test_every_command_of_the_guide_is_there():
    named = set(re.findall(r"manage\.py (\w+)", GUIDE))

    assert {"backup", "restore", "createsuperuser"} <= named
    assert sorted(named - set(get_commands())) == []
    assert set(re.findall(r"-m scripts\.(\w+)", GUIDE)) == {"ready"}


def test_every_setting_of_the_guide_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"`?\b([A-Z]+(?:_[A-Z]+)+)\b", GUIDE)) - {"DATABASE_URL_NEW"}

    assert sorted(name for name in named if f"{name}=" not in example) == []


def test_every_link_of_the_guide_leads_somewhere():
    links = re.findall(r"\]\((?!https:)([^)#]+)", GUIDE)

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_units_start_what_there_is_and_may_write_to_the_data_alone():
    commands = {}
    for unit in UNITS:
        lines = unit.read_text().splitlines()
        [commands[unit.name]] = [line[10:] for line in lines if line.startswith("ExecStart=")]
        assert [line for line in lines if line.startswith("ReadWritePaths=")] == [
            "ReadWritePaths=/srv/composer/var"
        ]
        assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077"} <= set(lines)

    python = "/srv/composer/.venv/bin/python"
    assert commands == {
        "composer-web.service": f"{python} -m scripts.web",
        "composer-worker.service": f"{python} manage.py worker",
    }
    assert web.command(8_000)[1:3] == ["-m", "granian"]


def test_systemd_finds_nothing_wrong_with_the_units():
    verify = shutil.which("systemd-analyze")
    if not verify:
        # Where there is no systemd, nobody runs them.
        return
    done = subprocess.run(
        [verify, "verify", *UNITS], capture_output=True, encoding="utf-8", check=False
    )

    complaints = [line for line in done.stderr.splitlines() if line.startswith(str(ROOT))]
    assert complaints == []


@pytest.mark.parametrize("name", ["LICENSE", "SECURITY.md"])
def test_the_project_says_how_it_may_be_used(name):
    assert len((ROOT / name).read_text()) > 1_000
