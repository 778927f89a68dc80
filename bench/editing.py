"""From a press on a row's button, undo or another kind to what the page then shows, in Chromium."""

import statistics
from typing import Any

from playwright.sync_api import Page

from bench.browser import composing
from bench.keystroke import PAUSE, late

WARM_UP = 3
# Milliseconds until what was edited is kept; what is not comes back with a step of its own.
KEPT = 1500
# From the press to the first frame after the focus went where it belongs and the picture changed.
WATCH = """() => {
  window.spans = [];
  let pressed = null, isEdited = false, isDrawn = false;
  const done = () => {
    if (pressed === null || !isEdited || !isDrawn) return;
    const start = pressed;
    pressed = null;
    requestAnimationFrame(() => window.spans.push(performance.now() - start));
  };
  document.addEventListener("click", () => {
    [pressed, isEdited, isDrawn] = [performance.now(), false, false];
  }, true);
  document.addEventListener("edited", () => { isEdited = true; done(); });
  const watched = {childList: true, subtree: true, characterData: true, attributes: true};
  const drawn = new MutationObserver(() => { isDrawn = true; done(); });
  drawn.observe(document.getElementById("preview"), watched);
}"""
# What is pressed in turn; each round leaves the message as it was.
ROWS = (
    '[data-row="columns-0"] > .row-tools [data-edit=down]',
    '[data-row="columns-1"] > .row-tools [data-edit=up]',
    '[data-row="columns-9"] > .row-tools [data-edit=remove]',
    '[data-row="columns-0"] > .row-tools [data-edit=duplicate]',
    '[data-row="columns-4-actions-0"] > .row-tools [data-edit=down]',
    '[data-row="columns-4-actions-2"] > .row-tools [data-edit=remove]',
    '[data-row="columns-4-actions-1"] > .row-tools [data-edit=duplicate]',
)
# Back through all of these, and forward again.
STEPS = ("[data-history=undo]",) * len(ROWS) + ("[data-history=redo]",) * len(ROWS)
KINDS = ("[data-to=image_carousel]", "[data-to=carousel]") * 4


def edits(product: Any, *, times: int) -> list[tuple[str, float, str, str]]:
    """Each press waits for the one before; `times` rounds of each sort, on a page just loaded."""
    rows = []
    with composing(product) as page:
        for name, places in (("row edit", ROWS), ("undo and redo", STEPS), ("kind", KINDS)):
            page.wait_for_timeout(KEPT)
            load(page)
            rows += said(name, press(page, places, times=times))
        rows += said("first kind of a page", first_kinds(page, times=times))
    return rows


def load(page: Page) -> None:
    page.reload()
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCH)


def first_kinds(page: Page, *, times: int) -> list[float]:
    """Where the page has never had the other kind's fields."""
    spans = []
    for done in range(8 * times):
        load(page)
        page.locator(KINDS[done % 2]).dispatch_event("click")
        page.wait_for_function("() => window.spans.length > 0")
        spans.append(page.evaluate("window.spans[0]"))
        page.wait_for_timeout(PAUSE)
    return sorted(spans)


def press(page: Page, places: tuple[str, ...], *, times: int) -> list[float]:
    page.evaluate("window.spans = []")
    for done in range((WARM_UP + times) * len(places)):
        page.locator(places[done % len(places)]).dispatch_event("click")
        page.wait_for_function("done => window.spans.length > done", arg=done)
        page.wait_for_timeout(PAUSE)
    spans: list[float] = page.evaluate("window.spans")
    return sorted(spans[WARM_UP * len(places) :])


def said(name: str, spans: list[float]) -> list[tuple[str, float, str, str]]:
    return [
        (f"{name} to picture, median", statistics.median(spans), "ms", "at most 60"),
        (f"{name} to picture, 95th", late(spans), "ms", "at most 100"),
    ]
