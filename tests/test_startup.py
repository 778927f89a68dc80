"""What must not start does not: one line on stderr, exit code 2, and nothing changed."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from composer.models import Template
from config import startup
from people.models import Entry
from push.demo import people
from push.models import Broadcast, Contact, Delivery, Tag
from tests.homes import KEPT, PROJECT, Home
from tests.makers import make_user
from tests.servers import wait_for

KEY = "k" * 25 + "0123456789" * 3
LIVE = {
    "FIRSTLINE_API_BASE": "https://example.invalid",
    "FIRSTLINE_API_TOKEN": "a-token",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "composer.example",
}
# Every way in: commands of ours and of Django's, the web server, and what runs before them.
WAYS = {
    "our command": ["manage.py", "broadcast_status", "1"],
    "worker": ["manage.py", "worker"],
    "Django's command": ["manage.py", "check"],
    "command without settings": ["manage.py", "compilemessages"],
    "shell": ["manage.py", "shell", "-c", "print(1)"],
    "run": ["-m", "scripts.run"],
    "ready": ["-m", "scripts.ready"],
    "web": ["-m", "scripts.web"],
    "WSGI": ["-c", "import config.wsgi"],
}


def run(words, folder, **env):
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        [sys.executable, *words],
        cwd=PROJECT,
        env=kept | {"DATA_DIR": str(folder), "ENV_FILE": "", **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def find(**changes):
    values = {
        "debug": False,
        "allowed_hosts": ["composer.example"],
        "secret_keys": [KEY],
        "api_base": "https://example.invalid",
        "api_token": "a-token",
    }
    return startup.find_unsafe_settings(**values | changes)


def decide(api_base="http://127.0.0.1:8001", **changes):
    values = {
        "choice": None,
        "is_own_server": False,
        "public_base_url": "",
        "allowed_hosts": [],
        "api_token": "",
    }
    return startup.decide_drill(api_base, **values | changes)


def test_safe_settings_give_no_reason():
    assert find() == []
    assert find(api_base="http://127.0.0.1:9000", secret_keys=[KEY, KEY[::-1]]) == []


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"debug": True}, "DEBUG must be false"),
        ({"allowed_hosts": ["composer.example", "*"]}, "ALLOWED_HOSTS must name the hosts"),
        ({"secret_keys": [KEY[:49]]}, "SECRET_KEY must be at least 50 characters"),
        ({"secret_keys": ["k" * 60]}, "SECRET_KEY must be at least 50 characters"),
        ({"secret_keys": [f"django-insecure-{KEY}"]}, "SECRET_KEY must be at least 50"),
        (
            {"secret_keys": ['python -c "import secrets; print(secrets.token_urlsafe(50))"']},
            "SECRET_KEY must be at least 50 characters",
        ),
        ({"secret_keys": [KEY, "old"]}, "SECRET_KEY_FALLBACKS must be at least 50 characters"),
        ({"api_base": "http://example.invalid"}, "FIRSTLINE_API_BASE must begin with https://"),
        ({"api_token": ""}, "FIRSTLINE_API_TOKEN must be set"),
        ({"api_token": " , ,"}, "FIRSTLINE_API_TOKEN must be set"),
    ],
)
def test_unsafe_setting_is_a_reason(changes, begins):
    [reason] = find(**changes)

    assert reason.startswith(begins)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("LOCALHOST", True),
        ("localhost.", True),
        ("api.localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback_is_this_machine(host, answer):
    assert startup.is_loopback(host) is answer


@pytest.mark.parametrize(
    ("changes", "is_drill"),
    [
        ({}, True),
        ({"is_own_server": True}, True),
        ({"public_base_url": "http://127.0.0.1:8000", "allowed_hosts": ["localhost"]}, True),
        ({"api_base": "https://example.invalid"}, False),
        ({"api_base": "https://example.invalid", "choice": False}, False),
        ({"choice": False}, False),
        ({"choice": False, "allowed_hosts": ["a.example"], "api_token": "t"}, False),
        ({"choice": True, "allowed_hosts": ["a.example"], "api_token": "t"}, True),
        ({"choice": True, "public_base_url": "https://a.example"}, True),
    ],
)
def test_drill_is_decided_by_the_host_and_by_the_setting(changes, is_drill):
    assert decide(**changes) is is_drill


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"public_base_url": "https://a.example"},
            "FIRSTLINE_API_BASE is on this machine, but PUBLIC_BASE_URL is a public address:"
            " set DRILL=true to practise, or DRILL=false to send to customers.",
        ),
        (
            {"allowed_hosts": ["localhost", "a.example"]},
            "FIRSTLINE_API_BASE is on this machine, but ALLOWED_HOSTS names a.example:"
            " set DRILL=true to practise, or DRILL=false to send to customers.",
        ),
        (
            {"api_token": "s3cret"},
            "FIRSTLINE_API_BASE is on this machine, but FIRSTLINE_API_TOKEN is set:"
            " set DRILL=true to practise, or DRILL=false to send to customers.",
        ),
        (
            {"api_token": "s3cret", "is_own_server": True},
            "FIRSTLINE_API_BASE is not set, but FIRSTLINE_API_TOKEN is set:"
            " set DRILL=true to practise, or FIRSTLINE_API_BASE to send to customers.",
        ),
        (
            {"choice": False, "is_own_server": True},
            "FIRSTLINE_API_BASE must be set when DRILL=false.",
        ),
        (
            {"choice": True, "api_base": "https://example.invalid"},
            "DRILL=true needs an API base on this machine, but FIRSTLINE_API_BASE is another"
            " host: remove DRILL to send to it, or FIRSTLINE_API_BASE to practise.",
        ),
    ],
)
def test_undecided_drill_names_the_setting_that_decides(changes, line):
    with pytest.raises(ImproperlyConfigured) as refused:
        decide(**changes)

    assert str(refused.value) == line


@pytest.mark.parametrize("words", WAYS.values(), ids=WAYS)
def test_every_way_in_refuses_unsafe_settings_in_one_line(tmp_path, words):
    done = run(words, tmp_path, **LIVE | {"ALLOWED_HOSTS": "*"})

    line = "ALLOWED_HOSTS must name the hosts of this installation: * is every host.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "env",
    [
        {"DEBUG": "true"},
        {"SECRET_KEY": "short"},
        {"FIRSTLINE_API_BASE": "http://example.invalid"},
        {"FIRSTLINE_API_BASE": "https://me:s3cret@example.invalid"},
        {"FIRSTLINE_API_TOKEN": ""},
        {"FIRSTLINE_API_BASE": "http://127.0.0.1:9"},
        {"FIRSTLINE_API_BASE": ""},
        {"DRILL": "true"},
        {"DRILL": "perhaps"},
    ],
    ids=lambda env: "=".join(*env.items()),
)
def test_settings_of_production_are_refused_in_one_line(tmp_path, env):
    done = run(WAYS["our command"], tmp_path, **LIVE | env)

    [line] = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert next(iter(env)) in line
    assert "s3cret" not in line


def test_tunnel_on_this_machine_is_live(tmp_path):
    live = LIVE | {"FIRSTLINE_API_BASE": "http://127.0.0.1:9", "DRILL": "false"}

    done = run(["manage.py", "demo"], tmp_path, **live)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Demo data is for drills only" in done.stderr


@pytest.mark.parametrize("words", [["help"], ["worker", "--help"], ["--version"]])
def test_help_is_given_all_the_same(tmp_path, words):
    assert run(["manage.py", *words], tmp_path).returncode == 0


@pytest.fixture(scope="module")
def drilled():
    """An installation that practised, and is now given a real host."""
    with Home() as home:
        home.manage("demo")
        home.env |= LIVE
        yield home


@pytest.mark.parametrize(
    "words",
    [words for way, words in WAYS.items() if way != "run"],
    ids=[way for way in WAYS if way != "run"],
)
def test_demo_people_who_can_sign_in_stop_every_way_in(drilled, words):
    done = run(words, drilled.folder, **LIVE)

    line = (
        "Demo users can still sign in (agent, manager, admin): `manage.py end_demo` deactivates"
        " them and removes the demo's contacts.\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line)


@pytest.mark.engine
def test_run_refuses_demo_people_and_starts_once_the_demo_is_ended():
    with Home(DRILL="true") as home:
        home.manage("demo")
        refused = home.run([sys.executable, "-m", "scripts.run"], **LIVE, DRILL="")
        assert refused.wait() == 2
        assert refused.said.startswith("Demo users can still sign in (agent, manager, admin):")

        ended = home.manage("end_demo", **LIVE, DRILL="")
        started = home.run([sys.executable, "-m", "scripts.run"], **LIVE, DRILL="")
        wait_for(lambda: "Ready for the proxy" in started.said, what=f"the start: {started.said}")

    assert ended.stdout.splitlines() == [
        "users deactivated: 3, broadcasts cancelled: 0, contacts deleted: 300,"
        " kept as do not disturb because something was sent to them: 0",
        "No administrator is left: `manage.py createsuperuser` makes one.",
    ]


@pytest.mark.django_db
def test_demo_people_are_known_by_their_password(settings):
    settings.DEMO_PASSWORD = "of-last-summer"
    people.load()
    settings.DEMO_PASSWORD = "first-line-demo"
    User.objects.filter(username="agent").update(username="佩珊")
    manager = User.objects.get(username="manager")
    manager.set_password("a-password-of-my-own")
    manager.save()

    assert [person.username for person in people.find_active()] == ["佩珊", "admin"]


@pytest.mark.django_db
def test_demo_people_of_older_installations_are_known_too():
    make_user("agent")
    make_user("佩珊")

    assert [person.username for person in people.find_active()] == ["agent"]


@pytest.mark.django_db
def test_end_of_the_demo_takes_its_people_and_contacts(capsys, client):
    call_command("demo", verbosity=0)
    person = make_user("雅婷")
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    renamed = Contact.objects.filter(channel="viber").first()
    Contact.objects.filter(pk=renamed.pk).update(name="真的客人")
    mine = Contact.objects.create(channel="line", contactable_id="7", name="王大明")
    reached = Contact.objects.filter(channel="line", contactable_id__startswith="1").first()
    version = Template.objects.first().latest
    done = Broadcast.objects.create(version=version, channel="line", state="done")
    Delivery.objects.create(broadcast=done, contact=reached, outcome="sent")
    later = Broadcast.objects.create(version=version, channel="line", state="scheduled")
    client.force_login(User.objects.get(username="admin"))

    call_command("end_demo")
    call_command("end_demo")

    assert capsys.readouterr().out.splitlines() == [
        "users deactivated: 3, broadcasts cancelled: 1, contacts deleted: 298,"
        " kept as do not disturb because something was sent to them: 1",
        "users deactivated: 0, broadcasts cancelled: 0, contacts deleted: 0,"
        " kept as do not disturb because something was sent to them: 1",
    ]
    assert set(Contact.objects.values_list("pk", "do_not_disturb")) == {
        (renamed.pk, renamed.do_not_disturb),
        (mine.pk, False),
        (reached.pk, True),
    }
    assert [p.username for p in User.objects.filter(is_active=True)] == ["雅婷"]
    assert client.get("/").status_code == 302
    assert not client.login(username="admin", password="first-line-demo")
    assert "vip" not in Tag.objects.values_list("name", flat=True)
    assert Entry.objects.filter(verb="ended demo").count() == 1
    assert dict(Broadcast.objects.values_list("pk", "state")) == {
        done.pk: "done",
        later.pk: "cancelled",
    }


def modes(folder):
    """What is not its owner's alone."""
    return {
        str(path.relative_to(folder)): oct(path.stat().st_mode & 0o777)
        for path in [folder, *folder.rglob("*")]
        if path.stat().st_mode & 0o077
    }


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_everything_we_make_is_readable_by_its_owner_alone(tmp_path, umask):
    folder = tmp_path / "new" / "data"
    before = os.umask(umask)
    try:
        ready = run(WAYS["ready"], folder, LANGUAGE_CODE="en")
        wrote = run(
            [
                "manage.py",
                "shell",
                "-c",
                "from django.core.files.storage import default_storage as s;"
                " from django.core.files.base import ContentFile as C;"
                " s.save('pictures/1.png', C(b'x'))",
            ],
            folder,
        )
    finally:
        os.umask(before)

    assert (ready.returncode, ready.stderr, wrote.returncode) == (0, "", 0)
    assert {path.name for path in folder.iterdir()} >= {"composer.sqlite3", "secret_key", "media"}
    assert modes(folder) == {}


def test_files_that_others_can_read_are_named_in_one_line(tmp_path):
    environment = tmp_path / "my.env"
    environment.write_text("LANGUAGE_CODE=en\n")
    environment.chmod(0o644)
    data = tmp_path / "data"
    run(WAYS["ready"], data)
    (data / "composer.sqlite3").chmod(0o640)

    warned = run(WAYS["ready"], data, ENV_FILE=str(environment))
    environment.chmod(0o600)
    (data / "composer.sqlite3").chmod(0o604)
    again = run(WAYS["ready"], data, ENV_FILE=str(environment))

    database = data / "composer.sqlite3"
    assert [(done.returncode, done.stderr) for done in (warned, again)] == [
        (0, f"Warning: others on this machine can read {path}: chmod 600 {path}\n")
        for path in (environment, database)
    ]


@pytest.mark.parametrize(
    ("env", "shown"),
    [
        ({}, "3600 False False"),
        ({"HSTS_SECONDS": "31536000", "HSTS_SUBDOMAINS": "true"}, "31536000 True False"),
        ({"HSTS_PRELOAD": "true"}, "3600 False True"),
        ({"HSTS_SECONDS": "0"}, "0 False False"),
    ],
)
def test_browsers_are_bound_to_https_for_as_long_as_the_settings_say(tmp_path, env, shown):
    names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")
    values = ", ".join(f"settings.SECURE_HSTS_{name}" for name in names)
    code = f"from django.conf import settings; print({values})"

    done = run(["manage.py", "shell", "--verbosity=0", "-c", code], tmp_path, **LIVE, **env)

    assert (done.stdout.strip(), done.stderr) == (shown, "")
