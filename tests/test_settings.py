"""Settings: what is malformed stops the start with one line that says what to do."""

import os
import subprocess
import sys
from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.homes import KEPT, PROJECT


def start(tmp_path, **env):
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env=kept | {"DATA_DIR": str(tmp_path), "ENV_FILE": "", **env},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("env", "line"),
    [
        (
            {"SECRET_KEY": ""},
            "SECRET_KEY must be set when FIRSTLINE_API_BASE is a real host,"
            " such as SECRET_KEY=fifty-characters-by-chance",
        ),
        (
            {"ALLOWED_HOSTS": ""},
            "ALLOWED_HOSTS must be set when FIRSTLINE_API_BASE is a real host,"
            " such as ALLOWED_HOSTS=composer.your-host",
        ),
        (
            {"FIRSTLINE_TIMEOUT": "abc"},
            "FIRSTLINE_TIMEOUT must be two numbers of seconds, connect and read, such as 5,30;"
            " it is “abc”.",
        ),
    ],
    ids=["no key", "no hosts", "malformed"],
)
def test_production_refuses_to_start_with_one_line(tmp_path, env, line):
    production = {
        "FIRSTLINE_API_BASE": "https://example.invalid",
        "SECRET_KEY": "k" * 25 + "0123456789" * 3,
        "ALLOWED_HOSTS": "composer.example",
        "FIRSTLINE_API_TOKEN": "a-token",
    }

    done = start(tmp_path, **production | env)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")


@pytest.mark.parametrize(
    ("read", "value", "line"),
    [
        (lambda: environment.whole("X", 1), "0", "must be a whole number of at least 1"),
        (lambda: environment.whole("X", 1), "-3", "must be a whole number of at least 1"),
        (lambda: environment.whole("X", 1), "1.5", "must be a whole number of at least 1"),
        (lambda: environment.whole("X", 1), "²", "must be a whole number of at least 1"),
        (lambda: environment.whole("X", 1, most=9), "10", "must be a whole number from 1 to 9"),
        (lambda: environment.seconds("X", "5,30"), "5", "must be two numbers of seconds"),
        (lambda: environment.seconds("X", "5,30"), "5,nan", "must be two numbers of seconds"),
        (lambda: environment.seconds("X", "5,30"), "0,30", "must be two numbers of seconds"),
        (lambda: environment.address("X", ""), "ftp://host", "must be an address such as"),
        (lambda: environment.address("X", ""), "http://host:port", "must be an address such as"),
        (lambda: environment.address("X", ""), "https://me:secret@host", "must be an address"),
        (lambda: environment.address("X", ""), "https://secret@host", "must be an address"),
        (lambda: environment.address("X", ""), "https://me:secret@host:x", "must be an address"),
        (lambda: environment.address("X", ""), "me:secret@host", "must be an address"),
        (lambda: environment.address("X", ""), "https://host?key=secret", "must be an address"),
        (lambda: environment.address("X", ""), "https://host/#secret", "must be an address"),
        (lambda: environment.address("X", ""), "https://host?", "must be an address such as"),
        (lambda: environment.address("X", ""), "https://a b", "must be an address such as"),
        (lambda: environment.address("X", ""), "https://a\\b", "must be an address such as"),
        (lambda: environment.hours("X", "none"), "22:00", "must be two times of the day"),
        (lambda: environment.hours("X", "none"), "22:00-22:00", "must be two times of the day"),
        (lambda: environment.hours("X", "none"), "24:00-08:00", "must be two times of the day"),
        (lambda: environment.hours("X", "none"), "late", "must be two times of the day"),
        (lambda: environment.flag("X"), "maybe", "must be true or false"),
        (lambda: environment.mapping("X"), "[]", "must be a JSON object such as"),
        (lambda: environment.mapping("X"), "{secret", "must be a JSON object such as"),
        (lambda: environment.time_zone("X", "Asia/Taipei"), "Mars", "must be the name of a time"),
        (lambda: environment.one_of("X", "en", ["en", "zh-hant"]), "fr", "must be one of en, zh"),
        (lambda: environment.database("X", ""), "mysql://root:secret@h/db", "must begin with"),
        (lambda: environment.database("X", ""), "postgres://u:secret@h:x/db", "cannot be read"),
        (
            lambda: environment.make_folder("X", environment.path("X", PROJECT)),
            "/proc/nowhere",
            "cannot be made",
        ),
        (lambda: environment.whole("X", 1), "9" * 5_000, "must be a whole number of at least 1"),
        (lambda: environment.seconds("X", "5,30"), "1e18,1e18", "must be two numbers of seconds"),
        (lambda: environment.address("X", ""), "https://*", "must be an address such as"),
        (lambda: environment.address("X", ""), "https://ho\u200bst", "must be an address such as"),
        (lambda: environment.address("X", ""), "https://host/\x01", "must be an address such as"),
        (lambda: environment.listed("X"), " , ", "must be a list, separated by commas"),
        (lambda: environment.hosts("X"), ",", "must be a list, separated by commas"),
        (lambda: environment.hosts("X"), "https://composer.example", "must be names of hosts"),
        (lambda: environment.hosts("X"), "composer.example:443", "must be names of hosts"),
        (lambda: environment.hosts("X"), "a.example,*.example", "must be names of hosts"),
        (lambda: environment.hosts("X"), "a.example b.example", "must be names of hosts"),
        (lambda: environment.hosts("X"), ".", "must be names of hosts"),
        (lambda: environment.origins("X"), "composer.example", "must be addresses such as"),
        (lambda: environment.origins("X"), "https://", "must be addresses such as"),
        (lambda: environment.origins("X"), "https://a.example/x", "must be addresses such as"),
        (lambda: environment.origins("X"), "*", "must be addresses such as"),
        (lambda: environment.tokens("X"), "secret\nX: y", "must be letters, digits and signs"),
        (lambda: environment.tokens("X"), "one,secret  # a note", "must be letters, digits"),
        (lambda: environment.tokens("X"), "sécret", "must be letters, digits and signs"),
        (lambda: environment.scheme("X", "Bearer"), "Bearer\r\nX: y", "must be letters, digits"),
        (lambda: environment.redis("X"), "me:secret@host", "must be an address such as redis"),
        (lambda: environment.redis("X"), "http://host", "must be an address such as redis"),
        (lambda: environment.redis("X"), "redis://", "must be an address such as redis"),
        (lambda: environment.redis("X"), "redis://host:secret", "must be an address such as"),
        (lambda: environment.redis("X"), "redis://[::1", "must be an address such as redis"),
        (lambda: environment.redis("X"), "unix://", "must be an address such as redis"),
        (lambda: environment.sender("X", ""), "composer", "must be an address such as"),
        (lambda: environment.sender("X", ""), "a@host.example\nBcc: b@c.de", "must be an address"),
        (lambda: environment.database("X", ""), "postgres://", "cannot be read"),
        (lambda: environment.database("X", ""), "sqlite://", "cannot be read"),
        (lambda: environment.database("X", ""), "sqlite:///:memory:", "cannot be read"),
        (lambda: environment.mail("X"), "smtp://mail host", "must be an address such as smtp"),
        (lambda: environment.mail("X"), "me:secret@host", "must be an address such as smtp+tls"),
        (lambda: environment.mail("X"), "http://me:secret@host", "must be an address such as"),
        (lambda: environment.mail("X"), "smtp://me:secret@host:x", "must be an address such as"),
        (lambda: environment.mail("X"), "smtp://me:secret@", "must be an address such as"),
        (lambda: environment.mail("X"), "consolemail://secret", "must be an address such as"),
        (lambda: environment.mail("X"), "filemail:///var/secret", "must be an address such as"),
        (lambda: environment.mail("X"), "smtp://host?key=secret", "must be an address such as"),
    ],
)
def test_setting_that_is_malformed_says_what_it_must_be(monkeypatch, read, value, line):
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured) as raised:
        read()

    assert str(raised.value).startswith("X")
    assert line in str(raised.value)
    assert "secret" not in str(raised.value)


def test_hours_are_two_times_of_the_day_or_none(monkeypatch):
    monkeypatch.setenv("X", "22:00 - 08:30")

    read = environment.hours("X", "none")
    monkeypatch.setenv("X", "None")

    assert (read, environment.hours("X", "22:00-08:00")) == ((time(22), time(8, 30)), None)


@pytest.mark.parametrize(
    ("url", "host", "port", "login", "encryption"),
    [
        ("smtp://localhost", "localhost", 25, ("", ""), (False, False)),
        ("smtp://mail.host:2525", "mail.host", 2525, ("", ""), (False, False)),
        (
            "smtp+tls://me%40host:a%2Fb@mail.host",
            "mail.host",
            587,
            ("me@host", "a/b"),
            (True, False),
        ),
        ("smtps://me:pw@mail.host", "mail.host", 587, ("me", "pw"), (True, False)),
        ("smtp+ssl://me:pw@mail.host", "mail.host", 465, ("me", "pw"), (False, True)),
    ],
)
def test_mail_is_set_up_by_one_address(monkeypatch, url, host, port, login, encryption):
    monkeypatch.setenv("X", url)

    mail = environment.mail("X")

    assert mail == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": login[0],
        "EMAIL_HOST_PASSWORD": login[1],
        "EMAIL_USE_TLS": encryption[0],
        "EMAIL_USE_SSL": encryption[1],
    }


def test_production_passes_every_check_of_deployment(tmp_path):
    production = {
        "FIRSTLINE_API_BASE": "https://example.invalid",
        "FIRSTLINE_API_TOKEN": "a-token",
        "SECRET_KEY": "k" * 25 + "0123456789" * 3,
        "ALLOWED_HOSTS": "composer.example",
    }

    done = start(tmp_path, **production)

    assert (done.returncode, done.stderr) == (0, "")


def test_setting_that_is_empty_is_absent(monkeypatch):
    monkeypatch.setenv("X", " ")

    assert environment.whole("X", 7) == 7
    assert environment.seconds("X", "5,30") == (5.0, 30.0)
    assert environment.listed("X", ["localhost"]) == ["localhost"]
    assert environment.flag("X") is False
    assert environment.address("X", "https://host/") == "https://host"


def test_secret_of_a_drill_is_made_once(tmp_path):
    first = start(tmp_path)
    key = (tmp_path / "secret_key").read_text()
    start(tmp_path)

    assert "refuse" not in first.stderr
    assert (tmp_path / "secret_key").read_text() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: environment.text("X"), "$HOME", "$HOME"),
        (lambda: environment.hosts("X"), "a_b.example, .example", ["a_b.example", ".example"]),
        (lambda: environment.hosts("X"), "*,[::1],10.0.0.1", ["*", "[::1]", "10.0.0.1"]),
        (lambda: environment.origins("X"), "https://*.a.example", ["https://*.a.example"]),
        (lambda: environment.tokens("X"), "$a/b+c=, d", "$a/b+c=, d"),
        (lambda: environment.scheme("X", "Bearer"), "", ""),
        (lambda: environment.redis("X"), "rediss://:pw@[::1]:6379/1", "rediss://:pw@[::1]:6379/1"),
        (lambda: environment.redis("X"), "unix:///run/redis.sock", "unix:///run/redis.sock"),
        (lambda: environment.sender("X", ""), "Shop <a@b.example>", "Shop <a@b.example>"),
        (lambda: environment.address("X", ""), "http://[::1]:8001/", "http://[::1]:8001"),
    ],
)
def test_setting_that_is_well_formed_is_taken(monkeypatch, read, value, expected):
    monkeypatch.setenv("X", value)

    assert read() == expected


def load(tmp_path, monkeypatch, content):
    file = tmp_path / "env"
    file.write_bytes(content)
    for name in ("ENV_FILE", "X", "Y"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    environment.load(file)
    return environment.text("X"), environment.text("Y")


@pytest.mark.parametrize(
    "content",
    [
        b"X=one\nY=two\n",
        b"X=one\r\nY=two\r\n",
        b"\xef\xbb\xbfX=one\nY=two",
        b"  # a note\n\nX = one\n\tY=\t two \n",
        b"export X='one'\nY=\"two\"\n",
        b"export X = 'one' \nY = \"two\" \n",
    ],
    ids=["plain", "Windows", "byte order mark", "spaces", "quotes", "spaces and quotes"],
)
def test_file_of_settings_is_read_as_it_is_meant(tmp_path, monkeypatch, content):
    assert load(tmp_path, monkeypatch, content) == ("one", "two")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"X=one\nFIRSTLINE_API_TOKEN: secret\n", ", line 2 must be NAME=value."),
        (b"secret\n", ", line 1 must be NAME=value."),
        (b"X=sec\0ret\n", ", line 1 must be NAME=value."),
        (b"X=secret\xa4\n", " must be text in UTF-8."),
        ("X=secret\n".encode("utf-16"), " must be text in UTF-8."),
    ],
)
def test_line_that_is_no_setting_stops_the_start(tmp_path, monkeypatch, content, line):
    with pytest.raises(ImproperlyConfigured) as raised:
        load(tmp_path, monkeypatch, content)

    assert str(raised.value) == f"{tmp_path / 'env'}{line}"


def test_file_of_settings_that_was_named_must_be_there(tmp_path):
    missing = start(tmp_path / "data", ENV_FILE=str(tmp_path / "missing"))
    folder = start(tmp_path / "data", ENV_FILE=str(tmp_path))

    assert (missing.returncode, missing.stderr) == (
        2,
        f"ENV_FILE: {tmp_path / 'missing'} does not exist.\n",
    )
    assert (folder.returncode, folder.stderr) == (
        2,
        f"{tmp_path} cannot be read (Is a directory).\n",
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "env",
    [
        {"SESSION_HOURS": "0"},
        {"DEFAULT_FROM_EMAIL": "@"},
        {"PUBLIC_BASE_URL": "https://*", "DRILL": "true"},
        {"REDIS_URL": "redis://host:abc"},
        {"CSRF_TRUSTED_ORIGINS": "composer.example"},
        {"RETENTION_DAYS": "99999999999"},
        {"DATABASE_URL": "sqlite://"},
    ],
    ids=lambda env: next(iter(env)),
)
def test_refused_start_makes_nothing(tmp_path, env):
    done = start(tmp_path / "data", **env)

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert not (tmp_path / "data").exists()
