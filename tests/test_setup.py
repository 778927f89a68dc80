"""Set-up: each step once, icons by name, and nothing that only this machine could fetch."""

import json
import re

import pytest

from scripts import icons, setup
from scripts.setup import Step
from tests.test_architecture import ROOT


def test_step_runs_again_when_an_input_changes_or_a_result_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    source, result, runs = tmp_path / "source", tmp_path / "result", []

    def act():
        runs.append(source.read_text())
        result.touch()

    step = Step("a step", "Acting", act, [source], [result])

    source.write_text("one")
    step.run()
    step.run()
    source.write_text("two")
    step.run()
    result.unlink()
    step.run()

    assert runs == ["one", "two", "two"]


def test_step_that_failed_runs_again(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    runs = []

    def act():
        runs.append("run")
        raise icons.Unknown

    for _time in range(2):
        with pytest.raises(icons.Unknown):
            Step("a step", "Acting", act, [], []).run()

    assert len(runs) == 2


def test_sheet_has_a_mask_for_each_name_once(tmp_path):
    (tmp_path / "send.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16">\n'
        '  <path d="M1 1"/>\n</svg>'
    )

    assert icons.sheet(["send", "send"], tmp_path) == (
        '[data-icon="send"] { mask-image: url("data:image/svg+xml,'
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
        "%3Cpath d='M1 1'/%3E%3C/svg%3E\"); }\n"
    )


def test_icon_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(icons.Unknown, match=r"static/icons\.txt names “sned”"):
        icons.sheet(["sned"], tmp_path)


def test_packages_come_from_the_usual_registries():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()
    addresses = [package["resolved"] for package in locked if "resolved" in package]

    assert [url for url in addresses if not url.startswith("https://registry.npmjs.org/")] == []
    for name in [*ROOT.glob("*.txt"), *ROOT.glob("*.lock")]:
        assert re.findall(r"(?m)^\s*(?:-i|-f|--(?!hash=)\S+|.*://.*)$", name.read_text()) == []


def test_every_requirement_is_pinned():
    for file in ROOT.glob("requirements*.txt"):
        lines = [line for line in file.read_text().split("\n") if line and line[0] != "-"]
        assert [line for line in lines if "==" not in line] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-node"])
def test_every_requirement_is_locked_with_hashes(name):
    lines = (ROOT / f"{name}.txt").read_text().lower().split("\n")
    pins = {re.sub(r"\[.*\]", "", line) for line in lines if "==" in line}

    locked = read_lock(name)

    assert sorted(pins - set(locked)) == []
    assert [pin for pin, hashes in locked.items() if not hashes] == []


def test_locks_agree_with_each_other():
    """Tests run on the versions that people run."""
    assert sorted(set(read_lock("requirements")) - set(read_lock("requirements-dev"))) == []


def test_locks_have_files_for_every_python_and_both_machines():
    """Packages with compiled code have a file for each of them, or set-up would compile."""
    for pin in ("granian", "pillow", "psycopg-binary", "regex", "cryptography"):
        hashes = next(found for name, found in read_lock("requirements").items() if pin in name)
        assert len(hashes) > 20, pin


def read_lock(name):
    """The hashes of each `name==version`."""
    entries = re.split(r"\n(?=\S)", (ROOT / f"{name}.lock").read_text().strip())
    return {
        re.split(r"[ ;]", entry)[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)
        for entry in entries
    }


def test_every_dependency_says_what_we_would_otherwise_write():
    said = (ROOT / "docs/decisions/0001-dependencies.md").read_text().lower()
    lines = (ROOT / "requirements.txt").read_text().split("\n")
    names = [re.split(r"[\[=]", line)[0].lower() for line in lines if "==" in line]
    names += json.loads((ROOT / "package.json").read_text())["dependencies"]

    assert [name for name in names if name not in said] == []
