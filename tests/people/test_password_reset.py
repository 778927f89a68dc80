"""Setting a new password by mail: only where mail is set up, and telling strangers nothing."""

import re

import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from people.models import Entry
from scripts import web
from tests.homes import Home, answers
from tests.makers import make_user
from tests.servers import wait_for
from tests.smtp import MailServer

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "長長長長長長長長長長的密碼"
PEOPLE = f"""
from django.contrib.auth.models import User
from allauth.mfa.totp.internal.auth import TOTP
User.objects.create_user("佩珊", "peishan@shop.example", "first-line-demo")
protected = User.objects.create_user("雅婷", "yating@shop.example", "first-line-demo")
TOTP.activate(protected, "{SECRET}")
User.objects.create_user("志豪", "", "first-line-demo")
User.objects.create_user("前同事", "gone@shop.example", "first-line-demo", is_active=False)
"""
DEEDS = """
from people.models import Entry
print(*Entry.objects.order_by("pk").values_list("by__username", "verb", "target"), sep="\\n")
"""


class Browser:
    """Somebody at the sign-in pages, over HTTP."""

    def __init__(self, url):
        self.url, self.session = url, requests.Session()
        self.session.headers["Accept-Language"] = "en"

    def get(self, path):
        return self.session.get(path if "://" in path else self.url + path, timeout=30)

    def post(self, path, **fields):
        """As a form would, after having seen its page."""
        page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        return self.session.post(
            page.url,
            data={"csrfmiddlewaretoken": token, **fields},
            headers={"Referer": page.url},
            timeout=30,
        )

    @property
    def is_signed_in(self):
        return "/accounts/" not in self.get("/").url


@pytest.fixture(scope="module")
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def home(mail_server):
    with Home(EMAIL_URL=mail_server.url, DEFAULT_FROM_EMAIL="composer@shop.example") as home:
        home.manage("collectstatic", "--no-input", "--verbosity=0")
        home.python(PEOPLE)
        home.web = home.run(web.command(home.port))
        wait_for(lambda: answers(f"{home.url}/healthz"), what="the web server")
        yield home


@pytest.fixture
def browser(home):
    return Browser(home.url)


def ask(browser, address):
    return browser.post("/accounts/password/reset/", email=address)


def wait_for_mail(server, address, after):
    def find():
        return [mail for mail in server.mails[after:] if mail["To"] == address]

    return wait_for(find, what=f"a mail to {address}")[0]


def link_in(mail):
    [link] = re.findall(r"http://\S+/accounts/password/reset/key/\S+", mail.get_content())
    return link


def deeds(home):
    return home.python(DEEDS).splitlines()


def test_new_password_is_set_by_mail_and_the_second_factor_stays(home, browser, mail_server):
    before = len(mail_server.mails)

    done = ask(browser, "Yating@Shop.Example")
    mail = wait_for_mail(mail_server, "yating@shop.example", before)
    link = link_in(mail)
    page = browser.get(link)
    saved = browser.post(link, password1=NEW, password2=NEW)

    assert "a link to set a new password is on its way" in done.text
    assert (mail["From"], mail["Subject"]) == (
        "composer@shop.example",
        "Message Composer: set a new password",
    )
    assert "雅婷" in mail.get_content()
    assert link.rsplit("-", 1)[1].strip("/") not in page.url
    assert "Your new password is saved" in saved.text
    assert not browser.is_signed_in
    asked = browser.post("/accounts/login/", login="雅婷", password=NEW)
    assert asked.url.endswith("/accounts/2fa/authenticate/")
    assert not browser.is_signed_in
    code = format_hotp_value(hotp_value(SECRET, next(counters())))
    browser.post("/accounts/2fa/authenticate/", code=code)
    assert browser.is_signed_in
    assert deeds(home)[-3:] == [
        "(None, 'requested password reset', '雅婷')",
        "('雅婷', 'reset own password', '')",
        "('雅婷', 'signed in', '')",
    ]


def test_link_works_once_and_ends_open_sessions(home, browser, mail_server):
    before = len(mail_server.mails)
    other = Browser(home.url)
    other.post("/accounts/login/", login="佩珊", password="first-line-demo")
    assert other.is_signed_in
    ask(browser, "peishan@shop.example")
    link = link_in(wait_for_mail(mail_server, "peishan@shop.example", before))

    browser.post(link, password1=NEW, password2=NEW)
    again = Browser(home.url).get(link)

    assert "This link no longer works" in again.text
    assert not other.is_signed_in


def test_answer_does_not_tell_whether_an_address_exists(home, mail_server):
    before = len(mail_server.mails)
    addresses = [
        "nobody@shop.example",
        "gone@shop.example",
        "peıshan@shop.example",
        "peishan@shop.example",
    ]

    pages = [ask(Browser(home.url), address) for address in addresses]

    wait_for_mail(mail_server, "peishan@shop.example", before)
    assert {(page.status_code, page.url) for page in pages} == {
        (200, f"{home.url}/accounts/password/reset/done/")
    }
    texts = {re.sub(r"\w{64}", "", page.text) for page in pages}
    assert len(texts) == 1
    assert [mail["To"] for mail in mail_server.mails[before:]] == ["peishan@shop.example"]


def test_requests_are_limited_the_same_for_everybody(home):
    for address in ("yating@shop.example", "somebody@shop.example"):
        statuses = [ask(Browser(home.url), address).status_code for _ in range(6)]

        assert statuses[-1] == 429


def test_nothing_of_the_link_is_in_a_log_or_on_another_page(home, browser, mail_server):
    before = len(mail_server.mails)
    ask(browser, "peishan@shop.example")
    link = link_in(wait_for_mail(mail_server, "peishan@shop.example", before))
    keys = {link_in(mail).rsplit("-", 1)[1].strip("/") for mail in mail_server.mails}
    browser.get(link + "x/y/")
    browser.session.post(link, data={}, timeout=30)

    wait_for(lambda: "CSRF" in home.web.said, what="a line about the form without a token")
    said = home.web.said + home.manage("dumpdata", "people", "django_tasks_database").stdout
    assert [key for key in keys if key in said] == []


def test_mail_server_that_is_away_is_not_the_askers_business(mail_server):
    with Home(EMAIL_URL="smtp://me:s3cret@127.0.0.1:9") as home:
        home.manage("collectstatic", "--no-input", "--verbosity=0")
        home.python(PEOPLE)
        server = home.run(web.command(home.port))
        wait_for(lambda: answers(f"{home.url}/healthz"), what="the web server")

        done = ask(Browser(home.url), "peishan@shop.example")

        wait_for(lambda: "a mail could not be sent" in server.said, what="a line in the log")
        assert "is on its way" in done.text
        assert "s3cret" not in server.said
        assert "Traceback" not in server.said


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/reset/key/done/",
        "/accounts/login/code/",
        "/accounts/confirm-email/abc/",
        "/accounts/email/",
    ],
)
def test_without_mail_there_is_no_reset(client, mailoutbox, method, address):
    user = make_user()
    User.objects.filter(pk=user.pk).update(email="peishan@shop.example")

    answer = getattr(client, method)(address, {"email": "peishan@shop.example"})

    assert (answer.status_code, mailoutbox) == (404, [])
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_without_mail_people_are_told_to_ask_an_administrator():
    page = Client().get(reverse("account_login")).content.decode()

    assert "Forgot your password? Ask an administrator for a new one." in page
