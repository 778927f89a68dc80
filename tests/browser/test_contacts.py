"""Contacts in Chromium: found while typing, ticked, imported in the background."""

import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_search_follows_typing_and_keeps_focus_and_address(signed_in):
    page = signed_in()
    page.goto("/contacts/?channel=line")
    box = page.get_by_label("Search by name or id")

    box.press_sequentially("zzzz")
    expect(page.get_by_text("Nobody here matches")).to_be_visible()
    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile(r"/contacts/\?channel=line&q=zzzz$"))

    page.reload()
    expect(box).to_have_value("zzzz")
    page.get_by_role("link", name="Show all of this channel").click()
    expect(page.locator(".people tbody tr").first).to_be_visible()


def test_ticks_survive_more_and_go_to_the_send_page(signed_in):
    page = signed_in()
    page.goto("/contacts/?channel=line")
    go = page.get_by_role("button", name="Send to those ticked")
    ticks = page.locator("input[name=ticked]:enabled")
    expect(go).to_be_hidden()

    ticks.first.check()
    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".people tbody tr")).not_to_have_count(51)
    ticks.last.check()

    expect(go).to_contain_text("2")
    go.click()
    expect(page).to_have_url(re.compile(r"/send/\?channel=line&to=people&ticked=\d+&ticked=\d+"))


def test_a_large_file_is_read_by_the_worker_and_imported_once(signed_in, tmp_path):
    lines = [f"browser-{number},王小明{number},vip,{'長' * 1900}" for number in range(400)]
    path = tmp_path / "contacts.csv"
    path.write_text("id,姓名,標籤,note\n" + "\n".join(lines) + "\n,誰,,\n", encoding="utf-8")
    page = signed_in()
    page.goto("/contacts/import/?channel=wechat")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Look at it first").click()

    press = page.get_by_role("button", name="Import these 400 contacts")
    expect(press).to_be_visible(timeout=60_000)
    expect(page.get_by_text("The id is blank.")).to_be_visible()
    press.dblclick()

    expect(page.get_by_role("link", name="See the contacts")).to_be_visible(timeout=60_000)
    expect(page.locator("dl.account")).to_contain_text(re.compile(r"New\s*400"))


def test_an_excel_file_is_imported(signed_in, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["編號", "姓名", "標籤"],
        ["excel-1", "王小明", "vip；新客"],
        ["excel-2", "林怡君", ""],
    ):
        book.active.append(row)
    book.save(tmp_path / "聯絡人.xlsx")
    page = signed_in()
    page.goto("/contacts/import/?channel=wechat")
    page.get_by_label("File").set_input_files(tmp_path / "聯絡人.xlsx")
    page.get_by_role("button", name="Look at it first").click()

    page.get_by_role("button", name="Import these 2 contacts").click()

    page.get_by_role("link", name="See the contacts").click()
    expect(page.get_by_role("link", name="林怡君")).to_be_visible()


def test_a_value_of_several_lines_survives_saving(signed_in, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_bytes(
        'id,name,note,city\nlines-1,阿美,"line one\nline two\n  three ", 台北\n'.encode()
    )
    page = signed_in()
    bring(page, path)
    page.get_by_role("button", name="Import this contact").click()
    page.get_by_role("link", name="See the contacts").click()
    page.goto("/contacts/?channel=wechat&q=lines-1")
    page.get_by_role("link", name="阿美").click()
    before = [cell.inner_text() for cell in page.locator(".values td").all()]

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert [cell.inner_text() for cell in page.locator(".values td").all()] == before
    expect(page.locator("textarea")).to_have_value("line one\nline two\n  three")


@pytest.mark.parametrize("size", [PHONE])
def test_an_encoding_is_chosen_by_the_names(signed_in, tmp_path, size):
    path = tmp_path / "contacts.csv"
    path.write_bytes("id,name\ngb-1,陈恒波\n='gb-2,林芳\n".encode("gb18030"))
    page = signed_in()
    bring(page, path)

    page.get_by_label("陈恒波").check()
    page.get_by_role("button", name="Read the file").click()

    expect(page.locator(".columns tbody tr").last).to_contain_text("陈恒波")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_pages_answer_while_the_worker_reads_a_file(signed_in, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,name\n" + "".join(f"reading-{n},a\n" for n in range(200_000)))
    page = signed_in()
    bring(page, path)
    expect(page.get_by_role("heading", name="Reading the file")).to_be_visible()
    address = page.url

    page.goto("/contacts/?channel=line")
    expect(page.locator(".people tbody tr").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="Reading the file")).to_be_visible()

    expect(page.get_by_role("button", name="Import these 200,000 contacts")).to_be_visible(
        timeout=120_000
    )
    page.get_by_role("button", name="Start over").click()
    expect(page).to_have_url(re.compile(r"/contacts/import/$"))


def test_a_file_that_exceeds_a_limit_is_refused_with_it(signed_in, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,name\n" + '"",x","y\n' * 90_000)
    page = signed_in()
    bring(page, path)

    expect(page.get_by_role("alert")).to_contain_text(
        "Too many rows have a quotation mark that is not closed, the last one on line 2002.",
        timeout=60_000,
    )
    expect(page.get_by_role("link", name="Choose another file")).to_be_visible()


def bring(page, path):
    page.goto("/contacts/import/?channel=wechat")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Look at it first").click()


@pytest.mark.parametrize("size", [PHONE])
def test_the_list_fits_a_phone(signed_in, size):
    page = signed_in()

    page.goto("/contacts/?channel=line")

    expect(page.locator(".people tbody tr").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == size["width"]
