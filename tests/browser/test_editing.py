"""Rows, cards and kinds are edited as a person does it, and undo leads back over all of it."""

import random
from itertools import count

from playwright.sync_api import expect

from composer import kinds
from tests.browser.test_main_job import begin

_numbers = count(1)
STATE = "() => JSON.stringify([window.past.snapshot().kind, window.past.snapshot().fields])"
# One edit, as a press or as typing would make it; answers once the page has taken it.
EDIT = """async ([chance, words]) => {
  const some = (found) => found[Math.floor(chance * 997) % found.length];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const field = some(all("#fields :is(textarea, input:not([type=hidden], [type=color]))"));
  const press = some(all("#fields [data-edit]:not([disabled])"));
  if (press && chance < 0.6) return press.click();
  field.value = words;
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "step" }));
}"""


def state(page):
    return page.evaluate(STATE)


def switch(page, kind):
    button = page.locator(f"[data-to={kind}]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def press(page, way):
    page.locator(f"[data-history={way}]").dispatch_event("click")


def test_undo_leads_back_through_any_edits_and_redo_forward_again(signed_in):
    page, chance = signed_in(), random.Random(17)
    begin(page, "carousel")
    states = [state(page)]

    for step in range(60):
        if step % 15 == 14:
            switch(
                page,
                chance.choice([name for name in kinds.NAMES if f'["{name}"' not in states[-1]]),
            )
        else:
            page.evaluate(EDIT, [chance.random(), f"第 {step} 次 <b> {{{{ name }}}}"])
        states.append(state(page))

    for was in reversed(states[:-1]):
        if was != state(page):
            press(page, "undo")
            page.wait_for_function(f"was => ({STATE})() === was", arg=was)
    expect(page.locator("[data-history=undo]")).to_be_disabled()
    for now in states[1:]:
        if now != state(page):
            press(page, "redo")
            page.wait_for_function(f"was => ({STATE})() === was", arg=now)
