"""Reasons not to start: each is one line on stderr, and the process ends with 2.

`decide_drill` and `find_unsafe_settings` are pure; `config.settings` calls them, so they hold for
every command, worker and web process. `check_database` is called by `manage.py`, `config.wsgi` and
`scripts.ready`; its reasons stand in `config.database_checks`.
"""

import ipaddress
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
# As Django's own check does: "kkkk…" is long, and no secret.
FEWEST_CHARACTERS = 5
# What stands in our examples, and in those of Django.
EXAMPLE_KEYS = ("django-insecure-", "fifty-characters-by-chance", "secrets.token_urlsafe")

# These must run where the others refuse: they bring the database into order, or only print help.
REPAIR_COMMANDS = frozenset(
    {"migrate", "backup", "restore", "end_demo", "help", "version", "--version"}
)
HELP = frozenset({"--help", "-h"})


class UnsafeStart(ImproperlyConfigured):
    """The installation must not start as it is configured."""


@contextmanager
def exit_when_refused() -> Iterator[None]:
    """Turns a refusal into one line on stderr and exit code 2."""
    try:
        yield
    except ImproperlyConfigured as error:
        print(" ".join(str(error).split()), file=sys.stderr, flush=True)
        sys.exit(2)


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine."""
    name = (host or "").strip("[].").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback or mapped.is_unspecified


def decide_drill(
    api_base: str,
    *,
    choice: bool | None,
    is_own_server: bool,
    public_base_url: str,
    allowed_hosts: Collection[str],
    api_token: str,
) -> bool:
    """Whether this installation only practises.

    `choice` is what the setting DRILL says; `is_own_server` that no API base was set, so that
    posts go to the practice server that starts with the product.
    """
    if not is_loopback(urlsplit(api_base).hostname):
        if choice:
            raise UnsafeStart(
                "DRILL=true needs an API base on this machine, but FIRSTLINE_API_BASE is another"
                " host: remove DRILL to send to it, or FIRSTLINE_API_BASE to practise."
            )
        return False
    if choice is False and is_own_server:
        raise UnsafeStart("FIRSTLINE_API_BASE must be set when DRILL=false.")
    sign = _find_sign_of_production(public_base_url, allowed_hosts, api_token)
    if choice is None and sign:
        raise UnsafeStart(
            f"FIRSTLINE_API_BASE {'is not set' if is_own_server else 'is on this machine'}, but"
            f" {sign}: set DRILL=true to practise, or"
            f" {'FIRSTLINE_API_BASE' if is_own_server else 'DRILL=false'} to send to customers."
        )
    return choice is not False


def _find_sign_of_production(
    public_base_url: str, allowed_hosts: Collection[str], api_token: str
) -> str:
    address = urlsplit(public_base_url)
    if address.scheme == "https" and not is_loopback(address.hostname):
        return "PUBLIC_BASE_URL is a public address"
    name = next((name for name in allowed_hosts if not is_loopback(name)), "")
    if name:
        return f"ALLOWED_HOSTS names {name}"
    return "FIRSTLINE_API_TOKEN is set" if api_token else ""


def find_unsafe_settings(
    *,
    debug: bool,
    allowed_hosts: Collection[str],
    secret_keys: Sequence[str],
    api_base: str,
    api_token: str,
) -> list[str]:
    """What must not be where customers are real. `secret_keys` are the key and its fallbacks."""
    reasons = []
    if debug:
        reasons.append("DEBUG must be false when FIRSTLINE_API_BASE is a real host.")
    if "*" in allowed_hosts:
        reasons.append("ALLOWED_HOSTS must name the hosts of this installation: * is every host.")
    for number, key in enumerate(secret_keys):
        if is_weak(key):
            reasons.append(
                f"SECRET_KEY{'_FALLBACKS' * bool(number)} must be at least {SHORTEST_KEY}"
                " characters of your own, drawn by chance:"
                ' python -c "import secrets; print(secrets.token_urlsafe(50))" prints some.'
            )
    address = urlsplit(api_base)
    if address.scheme != "https" and not is_loopback(address.hostname):
        reasons.append("FIRSTLINE_API_BASE must begin with https:// when it is a real host.")
    if not any(token.strip() for token in api_token.split(",")):
        reasons.append("FIRSTLINE_API_TOKEN must be set when FIRSTLINE_API_BASE is a real host.")
    return reasons


def is_weak(key: str) -> bool:
    is_example = any(example in key for example in EXAMPLE_KEYS)
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or is_example


def refuse_first(reasons: Iterable[str]) -> None:
    """Raises the first reason, if there is one."""
    for reason in reasons:
        raise UnsafeStart(reason)


def find_open_files(paths: Iterable[Path]) -> list[Path]:
    """Files that every user of this machine can read or change."""
    return [path for path in paths if path.is_file() and path.stat().st_mode & 0o007]


def check_command(words: Sequence[str]) -> None:
    """For `manage.py`: what the database says, unless the command is there to mend that."""
    if len(words) < 2 or words[1] in REPAIR_COMMANDS or HELP & set(words):
        return
    check_database(serves=words[1] == "worker")


def check_database(*, serves: bool = False) -> None:
    """Raises the first reason that the database gives; `serves` is for the web and the worker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    checks = import_module("config.database_checks")
    refuse_first(checks.find_reasons())
    if serves:
        refuse_first(checks.find_missing_tables())
