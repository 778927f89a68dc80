"""Reading one setting from the environment; what is malformed stops the start with one line."""

import json
import os
import re
from collections.abc import Collection
from datetime import time
from email.utils import parseaddr
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

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


LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z_0-9]*)\s*=\s*(.*?)\s*")
# A name (also of a country's own letters) or an address of IPv4 or IPv6.
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")


def load(file: Path) -> None:
    """Adds what the file says to the environment, which wins."""
    named = os.environ.get("ENV_FILE")
    if named == "":
        return
    path = Path(named or file)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError as error:
        # Without its settings an installation of a real host would start as a drill.
        if named:
            raise ImproperlyConfigured(f"ENV_FILE: {path} does not exist.") from error
        return
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} must be text in UTF-8.") from error
    read = [_read_line(path, number, line) for number, line in enumerate(lines, 1)]
    env.read_env(StringIO("\n".join(read)))


def _read_line(path: Path, number: int, line: str) -> str:
    """As the library takes it: it passes over any other line, and writes it to the log."""
    if not line.strip() or line.lstrip().startswith("#"):
        return ""
    match = LINE.fullmatch(line)
    if not match or "\0" in line:
        # The line may hold a password: it is not said again.
        raise ImproperlyConfigured(f"{path}, line {number} must be NAME=value.")
    return f"{match[1]}={match[2]}"


def text(name: str, default: str = "") -> str:
    """Empty counts as absent."""
    # Not by the library: a value that begins with $ would be the name of another setting to it.
    return os.environ.get(name, "").strip() or default


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
    items = [item.strip() for item in text(name).split(",") if item.strip()]
    if is_set(name) and not items:
        raise _malformed(name, "must be a list, separated by commas")
    return items or list(default)


def hosts(name: str) -> list[str]:
    """Names of hosts as Django wants them; `*` is every host."""
    names = listed(name)
    for host in names:
        bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host.removeprefix(".")
        if host != "*" and (not HOST.fullmatch(bare.lower()) or (":" in bare) != ("[" in host)):
            raise _malformed(
                name,
                "must be names of hosts such as composer.your-host, separated by commas, without"
                " https:// and without a port",
            )
    return names


def origins(name: str) -> list[str]:
    """Addresses that forms may come from; `*.` stands for every host under a name."""
    found = listed(name)
    for origin in found:
        if urlsplit(origin).path or not _is_address(origin.replace("://*.", "://", 1)):
            raise _malformed(name, "must be addresses such as https://composer.your-host")
    return found


def tokens(name: str) -> str:
    """What goes into a header; several are separated by commas."""
    value = text(name)
    for token in value.split(","):
        if not all("!" <= character <= "~" for character in token.strip()):
            # It is a secret: it is not said again.
            raise ImproperlyConfigured(
                f"{name} must be letters, digits and signs of ASCII without spaces."
            )
    return value


def scheme(name: str, default: str) -> str:
    """What stands before the token. Empty means the bare token, so it is not the same as absent."""
    value = os.environ.get(name, default).strip()
    if not (value.isascii() and value.isprintable()):
        raise _malformed(name, "must be letters, digits and signs of ASCII")
    return value


def redis(name: str) -> str:
    """The address of a Redis server, or of its socket."""
    value = text(name)
    if value and not _is_redis(value):
        # It may hold a password: it is not said again.
        raise ImproperlyConfigured(f"{name} must be an address such as redis://host:6379/0.")
    return value


def _is_redis(value: str) -> bool:
    try:
        parts = urlsplit(value)
        if parts.scheme == "unix":
            return bool(parts.path)
        has_host = bool(HOST.fullmatch(parts.hostname or "")) and parts.port != 0
        return parts.scheme in {"redis", "rediss"} and has_host
    except ValueError:
        return False


def sender(name: str, default: str) -> str:
    """The address that mail comes from, with or without a name."""
    value = text(name)
    try:
        if value:
            validate_email(parseaddr(value)[1])
        if not value.isprintable():
            raise ValidationError("")
    except ValidationError as error:
        raise _malformed(name, "must be an address such as composer@your-host") from error
    return value or default


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
    # Beyond that Python reads no number.
    if len(value) > 18 or int(value) < least or (most is not None and int(value) > most):
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
    if not (0.01 <= connect <= 3_600 and 0.01 <= read <= 3_600):
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
        has_host = bool(HOST.fullmatch(parts.hostname or "")) and parts.port != 0
        is_web = parts.scheme in {"http", "https"}
    except ValueError:
        return False
    # An empty query or fragment too: what is added to the address would fall into it.
    is_plain = value.isprintable() and not any(map(str.isspace, value))
    return is_web and has_host and is_plain and not set(value) & set("@?#\\")


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
        config = dict(env.db_url_config(url))
        # In memory it would be another database for each process, and be lost with it.
        if config["NAME"] in {"", None, ":memory:"} or "\0" in str(config["NAME"]):
            raise ValueError
        return config
    except (KeyError, ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read; postgres://user:password@host:5432/name"
            " or sqlite:////path/to/a/file is expected"
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
    if not HOST.fullmatch(str(config.get("EMAIL_HOST") or "")) or "OPTIONS" in config:
        # The address may hold a password: it is not said again.
        raise ImproperlyConfigured(
            f"{name} must be an address such as smtp+tls://user:password@mail.your-host:587"
            " (or smtp+ssl://, or smtp:// without encryption)."
        )
    config["EMAIL_PORT"] = config["EMAIL_PORT"] or port
    return NO_MAIL | {setting: config[setting] for setting in NO_MAIL if config.get(setting)}


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).resolve()


def make_folder(name: str, path: Path) -> None:
    """So that it is there and can be written to; last, because a refused start makes nothing."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be made ({error.strerror}).") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}: {path} cannot be written to.")


def _malformed(name: str, must: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {must}; it is “{text(name)}”.")
