"""`make check`: format, lint, types, translations, migrations, Django's check for deployment."""

import os
import secrets
import subprocess
import sys
import tempfile

PYTHON = sys.executable
CODE = ["config", "composer", "push", "people", "scripts", "bench", "tests", "manage.py"]
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "composer.example",
    "FIRSTLINE_API_BASE": "https://example.invalid",
    "FIRSTLINE_API_TOKEN": "for-this-check-only",
    "ENV_FILE": "",
}
MANAGE = [PYTHON, "manage.py"]
CHECKS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *CODE],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", *CODE],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "translations": [PYTHON, "-m", "pytest", "tests/test_translations.py"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="composer-check-") as folder:
        env = os.environ | PRODUCTION | {"DATA_DIR": folder}
        failed = [name for name in CHECKS if not passes(name, env)]
    print(f"Not clean: {', '.join(failed)}" if failed else "Clean.")
    return int(bool(failed))


def passes(name: str, env: dict[str, str]) -> bool:
    done = subprocess.run(
        CHECKS[name],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"── {name} " + "─" * (80 - len(name)), done.stdout.strip(), sep="\n", flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
