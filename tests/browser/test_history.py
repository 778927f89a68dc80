"""Undo leads back over whatever took a message's place."""

from playwright.sync_api import expect

PASTED = '{"type": "quickreply", "message": {"explain_text": "貼上的", "options": []}}'


def test_a_paste_can_be_undone_and_redone(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.fill("[name=message]", "原來的字")
    page.get_by_text("JSON", exact=True).click()
    page.get_by_role("button", name="Paste JSON…").click()
    page.fill("#paste textarea", PASTED)
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator("[name=explain_text]")).to_have_value("貼上的")

    page.locator("[data-history=undo]").click()

    expect(page.locator("[name=message]")).to_have_value("原來的字")
    page.locator("[data-history=redo]").click()
    expect(page.locator("[name=explain_text]")).to_have_value("貼上的")


def test_an_added_row_is_kept_without_another_letter(signed_in):
    page = signed_in()
    page.goto("/compose/quickreply/")
    with page.expect_response("**/draft/"):
        page.get_by_role("button", name="Add an answer").click()

    page.reload()

    expect(page.locator("[name=options-1-label]")).to_be_visible()
