"""The check step in a browser: choices change the count, and a reload brings them back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAKE = """
from composer.models import Template, Version
from push.models import Contact
for number in range(3):
    Contact.objects.update_or_create(
        channel="wechat", contactable_id=f"W{number}",
        defaults={"name": f"小明{number}", "attributes": {"gift": "A1"} if number else {}},
    )
template, _new = Template.objects.update_or_create(
    name="贈品", defaults={"kind": "text", "state": "published"}
)
version, _new = Version.objects.get_or_create(
    template=template, number=1,
    defaults={"payload": {"type": "text", "message": "嗨 {{ gift }}"}},
)
ids = [Contact.objects.get(contactable_id=f"W{number}").pk for number in range(3)]
print(f"version={version.pk}&channel=wechat&to=people&ids={','.join(map(str, ids))}")
"""


def test_choices_for_missing_values_count_and_come_back(product, signed_in):
    page = signed_in()
    page.goto(f"/send/check/?{product.python(MAKE)}")
    expect(page.locator("#blank-findings")).to_contain_text("1 contact has no value for gift")

    page.get_by_label("Leave this contact out").check()
    expect(page.locator("#account .big")).to_contain_text("2")
    expect(page.locator("#go")).to_contain_text("Send to 2 contacts")
    page.get_by_label("At a time").check()
    page.fill("#id_at", "2027-01-04T10:30")
    page.reload()

    expect(page.locator("#id_at")).to_have_value("2027-01-04T10:30")
    expect(page.get_by_label("Leave this contact out")).to_be_checked()
    expect(page.locator("#go")).to_contain_text("2 contacts")


def test_a_value_for_this_send_is_seen_in_the_examples(product, signed_in):
    page = signed_in()
    page.goto(f"/send/check/?{product.python(MAKE)}")

    page.get_by_label("Give a value for this send").check()
    page.fill("#id_blank_0_value", "B2")
    page.locator("#id_blank_0_value").blur()

    expect(page.locator(".examples")).to_contain_text("嗨 B2")


def test_a_sent_message_does_not_come_back(product, signed_in):
    """Nor by undo: the browser has forgotten it as well."""
    page = signed_in()
    product.python(MAKE)
    page.goto("/compose/text/")
    page.fill("[name=message]", "送出後就不再是草稿")
    page.locator("[name=message]").blur()
    page.get_by_role("button", name="Send…").click()
    page.wait_for_url("**/send/**")
    version = page.url.split("version=")[1].split("&")[0]
    page.goto(f"/send/check/?version={version}&channel=wechat&to=some&search=小明1")
    page.locator("#go .btn-primary").click()
    page.wait_for_url("**/broadcasts/**")

    page.goto("/compose/text/")

    expect(page.locator("[name=message]")).to_have_value("")
    expect(page.locator("[data-history=undo]").first).to_be_disabled()


def test_compose_says_how_many_lack_a_value(product, signed_in):
    page = signed_in()
    product.python(MAKE)
    page.goto("/compose/text/")
    page.locator("[name=channel][value=wechat]").check(force=True)

    page.fill("[name=message]", "嗨 {{ gift }}")
    expect(page.locator("#missing")).to_contain_text("WeChat contacts have no value")
    page.fill("[name=message]", "嗨 {{ gift | 禮物 }}")

    expect(page.locator("#missing")).to_be_empty()
