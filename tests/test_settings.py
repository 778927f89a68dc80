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
        (lambda: environment.folder("X", PROJECT), "/proc/nowhere", "cannot be made"),
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
