"""Every address, as every role, with every method: `docs/permissions.md` is the table."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from composer.models import Picture
from people import groups, rights
from push.models import Broadcast, Delivery, Import, SavedAudience
from tests.makers import make_contact, make_template, make_user
from tests.people.routes import PICTURE, address_of, patterns

pytestmark = pytest.mark.django_db

PAGE = (settings.BASE_DIR / "docs/permissions.md").read_text()
EVERYONE, SIGNED_IN, NOBODY, NOT_ANSWERED = "everyone", "signed in", "nobody", "–"
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


def table(title):
    """The rows beneath a heading, without the head of the table."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


OURS = {name: cells for name, *cells in table("Addresses")}
ACCOUNT = {name: [*cells, ""] for name, *cells in table("Sign-in and one's own account")}
MODELS = {name: cells for name, *cells in table("The admin")}
ROWS = OURS | ACCOUNT


ROUTES = {
    name or ("media" if "media/" in route else route): route
    for route, name in patterns(get_resolver().url_patterns)
    if not route.startswith("admin/")
}


def short(permissions):
    return {each.split(".")[1] for each in permissions}


def member(name, group, *, staff=False):
    person = User.objects.create_user(name, password="first-line-demo", is_staff=staff)
    person.groups.set(Group.objects.filter(name=group))
    return person


@pytest.fixture
def roles():
    """Who visits, by role; nobody is signed in as `anonymous`."""
    groups.ensure()
    return {
        "anonymous": None,
        "no permissions": make_user("新人", views=()),
        **{name: member(name, name) for name in rights.GROUPS if name != "Administrators"},
        "administrator": member("雅婷", "Administrators", staff=True),
        "superuser": User.objects.create_superuser("root", password="first-line-demo"),
    }


@pytest.fixture
def things(tmp_path, settings):
    """One of each that an address can name, and the parts of its address."""
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    template = make_template("春季", state="draft")
    contact = make_contact()
    broadcast = Broadcast.objects.create(
        version=template.latest, channel="line", state=Broadcast.State.DONE
    )
    delivery = Delivery.objects.create(
        broadcast=broadcast, contact=contact, outcome="sent", at=timezone.now(), values={}
    )
    picture = Picture.objects.create(
        file=ContentFile(b"1", PICTURE), small=ContentFile(b"1", "small.jpg"), sha256="0",
        width=1, height=1, bytes=1, name="圖",
    )  # fmt: skip
    audience = SavedAudience.objects.create(name="常客", channel="line")
    upload = Import.objects.create(
        owner=make_user("擁有者"), file_name="a.csv", channel="line", state="checked"
    )
    return {
        "template": template, "contact": contact, "broadcast": broadcast, "delivery": delivery,
        "picture": picture, "audience": audience, "import": upload,
    }  # fmt: skip


OWNERS = {
    "template": "owner",
    "broadcast": "by",
    "picture": "by",
    "audience": "by",
    "import": "owner",
}


def thing_of(name):
    """Which thing the address is of: its own name, or the first word of it."""
    word = name.split("_")[0]
    return {"version": "template", "delivery": "broadcast"}.get(word, word)


def visited(name, things):
    """The address, with the parts of the thing that it names."""
    thing = things.get(thing_of(name), things["template"])
    parts = {"pk": thing.pk, "delivery": things["delivery"].pk, "key": things["import"].key}
    return address_of(ROUTES[name], **parts)


def give_to(person, name, things):
    kind = thing_of(name)
    if kind in OWNERS:
        thing = things[kind]
        type(thing).objects.filter(pk=thing.pk).update(**{OWNERS[kind]: person})


def expected(cell, person, *, others="", is_own=True):
    """`open`, `sign in`, `denied` or `hidden`."""
    if cell == EVERYONE:
        return "open"
    if person is None:
        return "sign in"
    held = short(User.objects.get(pk=person.pk).get_all_permissions())
    if cell not in (SIGNED_IN, NOT_ANSWERED) and not set(cell.split(" + ")) <= held:
        return "denied"
    if is_own or not others:
        return "open"
    return {True: "open", False: "hidden" if others == NOBODY else "denied"}[others in held]


def least(get, post):
    """What a method that is not answered asks for: as little as those that are."""
    cells = [set(cell.split(" + ")) for cell in (get, post) if cell != NOT_ANSWERED]
    return " + ".join(sorted(set.intersection(*cells)))


def outcome(response):
    if response.status_code == 302 and "/login/" in response.url:
        return "sign in"
    return {401: "sign in", 403: "denied", 404: "hidden", 405: "no method"}.get(
        response.status_code, "open" if response.status_code < 500 else "broken"
    )


def browser_of(person):
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def visit(client, method, address):
    """What came of it; nothing that it changed stays."""
    with transaction.atomic():
        came = outcome(getattr(client, method)(address))
        transaction.set_rollback(True)
    return came


def test_every_address_has_a_row_and_every_row_an_address():
    assert ROUTES.keys() ^ ROWS.keys() == set()


def test_every_permission_of_the_table_exists():
    named = {part for cells in ROWS.values() for cell in cells for part in cell.split(" + ")}
    known = {each.split(".")[1] for granted in rights.GROUPS.values() for each in granted}

    assert named - known == {EVERYONE, SIGNED_IN, NOBODY, NOT_ANSWERED, ""}


def test_groups_are_those_of_the_table():
    written = {name: set(cell.split(", ")) for name, cell in table("Groups")}

    assert written == {name: short(granted) for name, granted in rights.GROUPS.items()}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_address_is_for_those_of_its_row(roles, things, name):
    """Of one's own: each role with each method."""
    get, post, _others = ROWS[name]
    address, wrong = visited(name, things), {}
    for role, person in roles.items():
        give_to(person or things["import"].owner, name, things)
        client = browser_of(person)
        for method in ("get", "head", "post", *OTHER_METHODS):
            cell = {"get": get, "head": get, "post": post}.get(method, NOT_ANSWERED)
            is_answered = cell != NOT_ANSWERED
            wanted = expected(cell if is_answered else least(get, post), person)
            if get == EVERYONE:
                allowed = {"open", "hidden", "no method", "sign in"}
            elif wanted == "open" and name in ACCOUNT:
                allowed = {"open", "hidden", "no method"}
            elif wanted == "open":
                # Hidden, such as a report of rejected rows where none were.
                allowed = {"open", "hidden"} if is_answered else {"no method"}
            else:
                allowed = {wanted}
            came = visit(client, method, address)
            if came not in allowed:
                wrong[role, method] = (came, wanted)

    assert wrong == {}


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row[2]))
def test_what_is_another_persons_needs_its_permission(roles, things, name):
    get, post, others = ROWS[name]
    method, cell = ("post", post) if post != NOT_ANSWERED else ("get", get)
    address = visited(name, things)
    wrong = {}
    for owner in (make_user("同事"), None):
        if owner is None and thing_of(name) == "import":
            continue
        give_to(owner, name, things)
        for role, person in roles.items():
            wanted = expected(cell, person, others=others, is_own=False)
            came = visit(browser_of(person), method, address)
            # A draft of another's is not even found by those who may not change it.
            if wanted == "denied" and came == "hidden" and thing_of(name) == "template":
                continue
            if came != wanted:
                wrong[role, owner and owner.username] = (came, wanted)

    assert wrong == {}


def test_every_model_of_the_admin_has_a_row():
    assert {model._meta.label_lower for model in admin.site._registry} ^ MODELS.keys() == set()


def admin_addresses(model, things):
    """Every page of a model, with what it needs: place of the column in the table."""
    app, name = model.split(".")
    known = {"contact": "contact", "template": "template", "savedaudience": "audience"}
    key = things[known[name]].pk if name in known else {"user": User, "group": Group}.get(name)
    if isinstance(key, type):
        key = key.objects.order_by("pk").first().pk
    base = f"/admin/{app}/{name}/"
    yield base, 0
    yield f"{base}add/", 1
    if key:
        yield f"{base}{key}/change/", 0
        yield f"{base}{key}/history/", 0
        yield f"{base}{key}/delete/", 3
    if name == "user":
        yield f"{base}{key}/password/", 2


@pytest.mark.parametrize("model", sorted(MODELS))
def test_page_of_the_admin_is_for_those_of_its_row(roles, things, model):
    roles["staff without permissions"] = member("實習生", "", staff=True)
    change = MODELS[model][2]
    wrong = {}
    for address, column in admin_addresses(model, things):
        for role, person in roles.items():
            needed = MODELS[model][column]
            held = short(person.get_all_permissions()) if person and person.is_staff else set()
            may = bool({needed, change if column == 0 else needed} & held) and needed != NOBODY
            came = visit(browser_of(person), "get", address)
            if (came == "open") != may:
                wrong[role, address] = came

    assert wrong == {}


@pytest.mark.parametrize("address", ["/admin/", "/admin/autocomplete/", "/admin/auth/", "/admin/x"])
def test_admin_is_for_staff(roles, address):
    outsiders = [person for person in roles.values() if person is None or not person.is_staff]

    assert {visit(browser_of(person), "get", address) for person in outsiders} <= {
        "sign in",
        "denied",
    }


def test_who_may_only_look_changes_nothing(client):
    contact, template = make_contact(), make_template("歡迎")
    client.force_login(make_user("志豪"))
    again = f"/library/{template.pk}/versions/1/again/"

    refused = [f"/contacts/{contact.pk}/", f"/library/{template.pk}/details/", again]

    answers = [client.post(each, {"name": "改", "expected": "1"}) for each in refused]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    contact.refresh_from_db()
    template.refresh_from_db()
    assert (contact.name, template.name) == ("小明", "歡迎")


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_host(client, where):
    make_user()
    known = {"login": "佩珊", "password": "first-line-demo", "next": where}

    language = client.post("/language/setlang/", {"language": "zh-hant", "next": where})
    signed_in = client.post("/accounts/login/", known)

    assert (language.url, signed_in.url) == ("/", "/")
