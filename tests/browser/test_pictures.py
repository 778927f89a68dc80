"""Pictures come to a card by choosing, dropping, pasting, picking and cropping."""

import base64
import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

ADDRESS = "[name=columns-0-image_url]"
OURS = re.compile(r"http://[^/]+/media/pictures/[0-9a-f]{32}\.jpg")

# A file that another program would bring, as the browser hands it to the page.
BRING = """([selector, kind, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent(kind, { ...options, clipboardData: transfer })
    : new DragEvent(kind, { ...options, dataTransfer: transfer });
  return document.querySelector(selector).dispatchEvent(event);
}"""


def jpeg(colour, size=(600, 400)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def bring(page, kind, data, *, selector=ADDRESS, name="photo.jpg", type="image/jpeg"):
    page.evaluate(BRING, [selector, kind, name, type, base64.b64encode(data).decode()])


def choose(page, data, *, name="photo.jpg", button="[data-picture] [data-upload]"):
    with page.expect_file_chooser() as chooser:
        page.locator(button).first.click()
    chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": data})


def path_of(page):
    expect(page.locator(ADDRESS)).to_have_value(OURS)
    return "/media/" + page.input_value(ADDRESS).split("/media/")[1]


@pytest.fixture
def card(signed_in):
    page = signed_in("agent")
    page.goto("/compose/carousel/")
    page.locator("#preview .phone-card").first.wait_for(state="attached")
    page.fill(ADDRESS, "")
    return page


def expect_shown(page, path):
    """In the preview and as the field's thumbnail."""
    expect(page.locator("#preview .phone-picture img").first).to_have_attribute("src", path)
    thumb = page.locator("[data-thumb]").first
    expect(thumb).to_have_attribute("src", path)
    expect(thumb).to_have_js_property("complete", True)
    assert thumb.evaluate("thumb => thumb.naturalWidth") > 0


def test_upload_by_choosing_shows_in_the_preview(card):
    choose(card, jpeg("red"))

    expect_shown(card, path_of(card))
    expect(card.locator("[data-said-here]").first).to_contain_text("In the library: 600 × 400")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_upload_by_dropping_or_pasting(card, kind):
    bring(card, kind, jpeg("blue" if kind == "drop" else "green"))

    expect_shown(card, path_of(card))


def test_upload_goes_to_the_row_that_it_was_for(card):
    card.click("[data-edit=add][data-at=columns]")
    card.locator("[name=columns-1-image_url]").wait_for()
    held = []
    card.route("**/pictures/", lambda route: held.append(route))
    choose(card, jpeg("teal"))
    card.locator(".picture-waiting").wait_for()

    card.locator("[data-edit=down][data-at=columns-0]").click()
    held[0].continue_()

    expect(card.locator("[name=columns-1-image_url]")).to_have_value(OURS)
    expect(card.locator(ADDRESS)).to_have_value("")


def test_upload_can_be_undone_and_redone(card):
    choose(card, jpeg("purple"))
    path = path_of(card)

    card.locator("[data-history=undo]").click()
    expect(card.locator(ADDRESS)).to_have_value("")
    expect(card.locator("[data-thumb]").first).to_be_hidden()
    card.locator("[data-history=redo]").click()

    expect_shown(card, path)


def test_upload_says_at_the_field_what_is_wrong(card):
    choose(card, b"<script>alert(1)</script>", name="coat.jpg")
    said = card.locator("[data-said-here]").first
    expect(said).to_contain_text("This is not a picture that we can read")

    choose(card, bytes(11 * 2**20), name="large.jpg")
    expect(said).to_have_text("10 MB at most; this file has 11 MB.")
    expect(card.locator(ADDRESS)).to_have_value("")


def test_file_let_go_beside_a_field_opens_nothing(card):
    assert not card.evaluate(BRING, [".bar", "drop", "a.jpg", "image/jpeg", ""])
    expect(card.locator(ADDRESS)).to_have_value("")


def test_pick_by_keyboard_alone(card):
    card.locator("[data-shelf]").first.focus()
    card.keyboard.press("Enter")
    expect(card.locator("#shelf-words")).to_be_focused()
    card.keyboard.type("Tote", delay=50)  # as fast as a person
    expect(card.locator(".shelf-tile")).to_have_count(1)
    card.keyboard.press("ArrowDown")
    expect(card.locator(".shelf-tile")).to_be_focused()
    card.keyboard.press("Enter")

    expect_shown(card, path_of(card))
    expect(card.locator("#pictures")).to_be_hidden()
    expect(card.locator("[data-shelf]").first).to_be_focused()


def test_pick_goes_into_the_card_that_asked(card):
    card.locator("[data-rows=columns] > .row-more > .add-wide").click()
    card.locator("[data-row=columns-1] [data-shelf]").click()
    expect(card.locator(".shelf .alert")).to_contain_text("set PUBLIC_BASE_URL")
    card.locator(".pages button", has_text="Next").click()
    expect(card.locator(".pages-here")).to_contain_text("Page 2")
    card.locator(".shelf-tile").first.click()

    expect(card.locator("[name=columns-1-image_url]")).to_have_value(OURS)
    expect(card.locator(ADDRESS)).to_have_value("")


def test_crop_by_mouse_and_keys_makes_a_square(card):
    choose(card, jpeg("orange", size=(800, 400)))
    whole = path_of(card)
    card.locator("#fields [data-crop]").first.click()
    card.locator("[data-cropping] label", has_text="Square").click()
    frame = card.locator(".crop-frame")
    output = card.locator(".crop output")
    expect(output).to_have_text("400 × 400")
    left = frame.bounding_box()["x"]

    frame.focus()
    card.keyboard.press("Shift+ArrowLeft")
    assert frame.bounding_box()["x"] < left
    corner = card.locator(".crop-grip").bounding_box()
    card.mouse.move(corner["x"] + 20, corner["y"] + 20)
    card.mouse.down()
    card.mouse.move(corner["x"] - 80, corner["y"] - 80, steps=4)
    card.mouse.up()
    expect(output).not_to_have_text("400 × 400")
    width, height = output.inner_text().split(" × ")
    card.get_by_role("button", name="Use this part").click()

    expect(card.locator(ADDRESS)).not_to_have_value(re.compile(re.escape(whole)))
    part = card.request.get(path_of(card))
    assert width == height
    assert Image.open(io.BytesIO(part.body())).size == (int(width), int(height))
    expect_shown(card, path_of(card))


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_crop_by_a_tap_where_its_middle_should_be(card):
    choose(card, jpeg("teal", size=(900, 300)))
    path_of(card)
    card.locator("#fields [data-crop]").first.click()
    ground = card.locator(".crop-picture").bounding_box()
    frame = card.locator(".crop-frame")
    expect(card.locator(".crop output")).not_to_have_text("")

    card.mouse.click(ground["x"] + ground["width"] - 3, ground["y"] + ground["height"] / 2)

    box = frame.bounding_box()
    assert abs(box["x"] + box["width"] - ground["x"] - ground["width"]) < 2


def test_wall_takes_several_renames_and_deletes(signed_in):
    page = signed_in("agent")
    page.goto("/pictures/")
    before = int(page.locator("#wall-count").inner_text().split()[0])
    with page.expect_file_chooser() as chooser:
        page.locator("[data-upload=many]").click()
    chooser.value.set_files(
        [
            {"name": f"大衣 {colour}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour)}
            for colour in ("pink", "olive")
        ]
        + [{"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"letter"}]
    )
    expect(page.locator("#wall-count")).to_have_text(f"{before + 2} pictures")
    expect(page.locator(".picture-line")).to_have_count(3)
    expect(page.locator(".picture-line[data-file='letter.jpg']")).to_contain_text("not a picture")

    newest = page.locator(".picture-tile").first
    newest.locator("[name=name]").fill("冬季大衣")
    with page.expect_response("**/name/"):
        newest.locator("[name=name]").press("Tab")
    page.fill(".bar [name=q]", "冬季")
    expect(page.locator(".picture-tile")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()

    expect(page.locator(".picture-tile")).to_have_count(0)
    expect(page.locator(".empty")).to_contain_text("No picture has these words")
