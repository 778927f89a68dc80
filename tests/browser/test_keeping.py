"""Nothing typed is lost: on leaving, without a connection, beside somebody else."""

import re
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, sign_in

_numbers = count(1)


def save(page, words):
    """A template of its own, open to be written on; its address."""
    page.goto("/compose/text/")
    page.fill("[name=message]", words)
    page.fill("[name=name]", f"{words} {next(_numbers)}")
    page.get_by_role("button", name="Save as template").click()
    page.get_by_text("Saved as version 1.").wait_for()
    return page.url


def second_window(chromium, product, name):
    context = chromium.new_context(base_url=product.url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/accounts/login/")
    sign_in(page, name)
    return page


def test_leaving_at_once_keeps_the_last_letter(signed_in):
    page = signed_in()
    address = save(page, "離開")

    with page.expect_request("**/draft/"):
        page.fill("[name=message]", "離開之前的最後一個字")
        page.goto("/library/")
    page.goto(address)

    expect(page.locator("[name=message]")).to_have_value("離開之前的最後一個字")
    expect(page.locator("#fields")).to_be_visible()


def test_leaving_without_a_change_keeps_nothing(signed_in):
    page = signed_in()
    address = save(page, "沒改")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/library/")
    page.goto(address)

    assert [url for url in asked if url.endswith("/draft/")] == []
    expect(page.get_by_text("This is your draft")).to_have_count(0)


def test_looking_at_it_keeps_nothing(signed_in):
    page = signed_in()
    page.clock.install()
    address = save(page, "只看")
    page.goto(address)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator("label", has=page.locator("#channel-viber")).click()
    page.locator("label", has=page.locator("[name=look][value=dark]")).click()
    expect(page.locator("#preview .phone[data-channel=viber][data-look=dark]")).to_be_visible()
    page.clock.fast_forward(3_000)
    expect(page.locator("#here")).to_be_empty()
    with page.expect_response("**/draft/"):
        page.fill("[name=message]", "寫了")
        page.clock.fast_forward(3_000)

    assert len([url for url in asked if url.endswith("/draft/")]) == 1


def test_saving_leaves_no_draft_behind(signed_in):
    page = signed_in()
    address = save(page, "存檔")
    page.fill("[name=message]", "存檔了")

    page.keyboard.press("Control+s")
    page.get_by_text("Saved as version 2.").wait_for()
    page.goto("/library/")
    page.goto(address)

    expect(page.locator("[name=message]")).to_have_value("存檔了")
    expect(page.get_by_text("This is your draft")).to_have_count(0)


def test_key_for_sending_is_not_that_of_a_test(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.fill("[name=message]", "發送")

    page.keyboard.press("Control+Enter")

    page.wait_for_url(re.compile(r"/send/\?version=\d+"))


def test_lost_connection_is_said_and_made_good(signed_in):
    page = signed_in()
    address = save(page, "斷線")
    page.context.set_offline(True)

    page.fill("[name=message]", "斷線時寫的")

    said = page.locator("#kept")
    expect(said).to_have_text(re.compile(r"Not kept since \d\d:\d\d: no connection. Trying again…"))
    expect(page.locator("#toasts .toast-line[data-about]")).to_have_count(0)
    page.context.set_offline(False)
    expect(said).to_have_text(re.compile(r"Draft kept at \d\d:\d\d"))
    expect(said).not_to_have_attribute("data-level", "warning")
    expect(page.locator("#preview")).to_contain_text("斷線時寫的")
    page.goto(address)
    expect(page.locator("[name=message]")).to_have_value("斷線時寫的")


def test_server_that_hangs_is_said_until_it_answers(signed_in):
    page = signed_in()
    save(page, "慢")
    status, requests = page.locator("#kept"), []
    page.route("**/draft/", lambda route: requests.append(route))

    page.fill("[name=message]", "伺服器沒有回應時寫的")

    expect(status).to_have_text("Saving… The server has not answered yet.")
    page.locator("[name=message]").press_sequentially("，再寫一點")
    expect(status).to_have_text("Saving… The server has not answered yet.")
    requests[-1].continue_()
    expect(status).to_have_text(re.compile(r"Draft kept at \d\d:\d\d"))
    expect(status).not_to_have_attribute("data-level", "pending")


def test_two_editors_see_each_other_and_what_was_saved(signed_in, chromium, product):
    page = signed_in("manager")
    address = save(page, "一起")
    page.goto(address)
    other = second_window(chromium, product, "admin")
    other.goto(address)

    expect(page.locator("#here .avatar")).to_have_attribute("title", re.compile("is here too"))
    expect(other.locator("#here .avatar")).to_have_count(1)
    other.fill("[name=message]", "別人先存")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#here")).to_contain_text("Version 2 was saved by")
    page.fill("[name=message]", "我也要存")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".newer-both .phone")).to_have_count(2)
    expect(page.locator(".newer-both")).to_contain_text("別人先存")
    expect(page.locator(".newer-both")).to_contain_text("我也要存")
    other.context.close()
    page.get_by_role("button", name="Save mine as the next version").click()
    page.get_by_text("Saved as version 3.").wait_for()


def test_template_archived_meanwhile_is_said_and_what_was_typed_saved(signed_in, chromium, product):
    manager = second_window(chromium, product, "manager")
    address = save(manager, "要封存")
    template = urlsplit(address).query.removeprefix("template=")
    manager.goto(f"/library/{template}/")
    manager.get_by_role("button", name="Publish", exact=True).click()
    manager.get_by_text("Published: agents now see it.").wait_for()
    page = signed_in("agent")
    page.goto(address)
    manager.get_by_role("button", name="Archive", exact=True).click()
    manager.get_by_text("Archived.").first.wait_for()
    manager.context.close()

    page.fill("[name=message]", "別弄丟我")

    expect(page.locator("#here")).to_contain_text("no longer shared with you")
    expect(page.locator("#kept")).to_contain_text("Not kept since")
    page.fill("[name=name]", f"我的 {next(_numbers)}")
    page.get_by_role("button", name="Save as my own").click()
    page.get_by_text("Saved as version 1.").wait_for()
    expect(page.locator("[name=message]")).to_have_value("別弄丟我")


def sign_out(page):
    """As after a night; what brings the session back."""
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    return lambda: page.context.add_cookies(cookies)


@pytest.mark.parametrize("press", ["Save as template", "Test send", "Send…"])
def test_whoever_was_signed_out_stays_with_what_was_typed(signed_in, press):
    page = signed_in()
    page.goto("/compose/text/")
    page.fill("[name=name]", f"過夜 {next(_numbers)}")
    sign_in_again = sign_out(page)

    page.fill("[name=message]", "過夜之後寫的")
    page.get_by_role("button", name=press, exact=True).click()

    expect(page.locator("#toasts")).to_contain_text("signed out")
    expect(page.locator("[name=message]")).to_have_value("過夜之後寫的")
    sign_in_again()
    page.get_by_role("button", name=press, exact=True).click()
    page.wait_for_url(re.compile(r"\?template=" if press.startswith("Save") else "/send/"))


def test_saving_without_a_connection_stays_and_says_so(signed_in):
    page = signed_in()
    save(page, "隧道")
    page.wait_for_load_state("networkidle")  # What is answered late would say that all is well.
    page.context.set_offline(True)

    page.fill("[name=message]", "隧道裡寫的")
    page.keyboard.press("Control+s")

    expect(page.locator("#toasts [data-about=offline]")).to_be_visible()
    expect(page.locator("[name=message]")).to_have_value("隧道裡寫的")
    page.context.set_offline(False)
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as version 2.").wait_for()
    expect(page.locator("[name=message]")).to_have_value("隧道裡寫的")


def test_leaving_signed_out_keeps_the_last_letter_in_the_browser(signed_in):
    page = signed_in()
    address = save(page, "逾時")
    sign_in_again = sign_out(page)

    page.fill("[name=message]", "逾時之後寫的")
    page.goto("/library/")
    sign_in_again()
    page.goto(address)

    expect(page.locator("[name=message]")).to_have_value("逾時之後寫的")
    expect(page.get_by_text("had not reached the server: it is back")).to_be_visible()


def test_two_tabs_at_one_message_lose_neither(signed_in):
    page = signed_in()
    other = page.context.new_page()
    for tab, text in [(page, "這頁寫的"), (other, "那頁寫的")]:
        tab.goto("/compose/text/")
        with tab.expect_response("**/draft/"):
            tab.fill("[name=message]", text)
        tab.get_by_text("Draft kept at").wait_for()

    page.goto("/library/")
    with other.expect_response("**/draft/"):
        other.fill("[name=message]", "那頁又寫的")
    page.goto("/compose/text/")

    expect(page.locator("[name=message]")).to_have_value("那頁又寫的")
    expect(page.get_by_text("This was written elsewhere since")).to_be_visible()
    page.locator("[data-history=undo]").click()
    expect(page.locator("[name=message]")).to_have_value("這頁寫的")


def test_what_was_sent_does_not_come_back_into_the_next_message(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.fill("[name=message]", "只說一次")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.get_by_role("button", name="Send…").click()
    page.wait_for_url("**/send/**")

    page.goto("/compose/text/")
    with page.expect_navigation():
        page.get_by_role("button", name="Start afresh").click()

    expect(page.locator("[name=message]")).to_have_value("")
    assert [name for name in page.evaluate("Object.keys(localStorage)") if "rescue" in name] == []


def test_undo_leads_back_over_a_fresh_start(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    with page.expect_response("**/draft/"):
        page.fill("[name=message]", "還要的")
    page.reload()

    with page.expect_navigation():
        page.get_by_role("button", name="Start afresh").click()
    expect(page.locator("[name=message]")).to_have_value("")
    page.locator("[data-history=undo]").click()

    expect(page.locator("[name=message]")).to_have_value("還要的")
