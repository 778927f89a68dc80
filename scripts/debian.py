"""Installing what a machine lacks: by apt on Debian as root, elsewhere by naming it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

# What tests and benches call, and the Debian packages that hold it.
PROGRAMS = {
    # Benches drive what people use; tests, for half the computing, the same engine without windows.
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "faketime": "faketime",
    "initdb": "postgresql",
    "ps": "procps",
    "redis-server": "redis-server",
    "xgettext": "gettext",
}
CJK_FONT = "fonts-noto-cjk"


class Missing(RuntimeError):
    """The machine lacks something that cannot be installed from here."""


def lacks_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is None


def prepare(what: str) -> bool:
    """Installs what is missing for tests and benches, or says on stderr why `what` cannot run."""
    try:
        install(lacking())
    except (Missing, subprocess.CalledProcessError) as error:
        print(f"{what} cannot run: {error}", file=sys.stderr)
        return False
    return True


def lacking() -> list[str]:
    """The packages for browsers, PostgreSQL, Redis and translations that are missing here."""
    lacking = [package for program, package in PROGRAMS.items() if not find(program)]
    return lacking if has_cjk_font() else [*lacking, CJK_FONT]


def find(program: str) -> str | None:
    """Debian keeps PostgreSQL's server programs out of the path."""
    versions = [f"/usr/lib/postgresql/{number}/bin" for number in range(30, 9, -1)]
    return shutil.which(program, path=os.pathsep.join([os.environ.get("PATH", ""), *versions]))


def has_cjk_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh-tw"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


def install(packages: Sequence[str]) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Missing(f"please install these first: {names} (names as on Debian)")
    print(f"Installing {names} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *words], env=environment, check=True)
