"""Reading one setting from the environment; what is malformed stops the start with one line."""

import json
import os
from collections.abc import Collection
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

NO_MAIL = {
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "EMAIL_HOST": "localhost",
    "EMAIL_PORT": 25,
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_TLS": False,
    "EMAIL_USE_SSL": False,
}
# Where the server listens when the address does not say.
MAIL_PORTS = {"smtp": 25, "smtps": 587, "smtp+tls": 587, "smtp+ssl": 465}


def load(file: Path) -> None:
    """Adds what the file says to the environment, which wins."""
    name = env("ENV_FILE", default=str(file))
    if name and Path(name).exists():
        env.read_env(name)


def text(name: str, default: str = "") -> str:
    """Empty counts as absent."""
    return str(env(name, default="")).strip() or default


def is_set(name: str) -> bool:
    return bool(text(name))


def needed(name: str, *, example: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} must be set when FIRSTLINE_API_BASE is a real host, such as {name}={example}"
        )
    return value


def listed(name: str, default: Collection[str] = ()) -> list[str]:
    return [item.strip() for item in text(name).split(",") if item.strip()] or list(default)


def flag(name: str) -> bool:
    value = text(name, "false").lower()
    if value not in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
        raise _malformed(name, "must be true or false")
    return value in {"true", "yes", "on", "1"}


def whole(name: str, default: int, *, least: int = 1, most: int | None = None) -> int:
    value = text(name, str(default))
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    if not value.isascii() or not value.isdigit():
        raise _malformed(name, f"must be a whole number {bounds}")
    if int(value) < least or (most is not None and int(value) > most):
        raise _malformed(name, f"must be a whole number {bounds}")
    return int(value)


def mapping(name: str) -> dict[str, Any]:
    """A JSON object; empty when absent. It may hold keys of a store: it is not said again."""
    try:
        value = json.loads(text(name, "{}"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f'{name} must be a JSON object such as {{"bucket_name": "b"}}')
    return value


def seconds(name: str, default: str) -> tuple[float, float]:
    """Two spans: to connect, and to wait for the answer."""
    try:
        connect, read = (float(part) for part in text(name, default).split(","))
    except ValueError:
        connect = read = 0.0
    if not (0 < connect < float("inf") and 0 < read < float("inf")):
        raise _malformed(name, "must be two numbers of seconds, connect and read, such as 5,30")
    return connect, read


def hours(name: str, default: str) -> tuple[time, time] | None:
    """From one time of the day to another, over midnight too; "none" is never."""
    value = text(name, default)
    if value.lower() == "none":
        return None
    try:
        begin, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        begin = end = time()
    if begin == end or begin.tzinfo or end.tzinfo:
        raise _malformed(name, "must be two times of the day such as 22:00-08:00, or none")
    return begin, end


def address(name: str, default: str) -> str:
    """An http or https address without its last slash."""
    value = text(name, default)
    if value and not _is_address(value):
        # It may hold a password: it is not said again.
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://your-host,"
            " without a user name, password, query or fragment."
        )
    return value.rstrip("/")


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # An empty query or fragment too: what is added to the address would fall into it.
    return has_host and not set(value) & set("@?#\\") and not any(map(str.isspace, value))


def in_time(url: str, **timeouts: int) -> str:
    """With these in its query (seconds), as far as it does not say otherwise."""
    parts = urlsplit(url)
    query = {name: str(seconds) for name, seconds in timeouts.items()} | dict(
        parse_qsl(parts.query)
    )
    return parts._replace(query=urlencode(query)).geturl()


def one_of(name: str, default: str, known: Collection[str]) -> str:
    value = text(name, default)
    if value not in known:
        raise _malformed(name, f"must be one of {', '.join(known)}")
    return value


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    if value not in available_timezones():
        raise _malformed(name, "must be the name of a time zone, such as Asia/Taipei")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """SQLite or PostgreSQL."""
    url = text(name, default)
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        # The address may hold a password: it is not said again.
        raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgres://")
    try:
        return dict(env.db_url_config(url))
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read; postgres://user:password@host:5432/name is expected"
        ) from error


def mail(name: str) -> dict[str, Any]:
    """Django's EMAIL_ settings from one address; without it nothing is ever sent."""
    url = text(name)
    if not url:
        return NO_MAIL
    try:
        # Other schemes of the library write mails, and the links in them, to files or to a log.
        port = MAIL_PORTS[urlsplit(url).scheme]
        config = dict(env.email_url_config(url))
    except (KeyError, ValueError, ImproperlyConfigured):
        config = {}
    if not config.get("EMAIL_HOST") or "OPTIONS" in config:
        # The address may hold a password: it is not said again.
        raise ImproperlyConfigured(
            f"{name} must be an address such as smtp+tls://user:password@mail.your-host:587"
            " (or smtp+ssl://, or smtp:// without encryption)."
        )
    config["EMAIL_PORT"] = config["EMAIL_PORT"] or port
    return NO_MAIL | {setting: config[setting] for setting in NO_MAIL if config.get(setting)}


def folder(name: str, default: Path) -> Path:
    """A folder that is there and can be written to."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be made ({error.strerror}).") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}: {path} cannot be written to.")
    return path


def _malformed(name: str, must: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {must}; it is “{text(name)}”.")
