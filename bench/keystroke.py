"""From a key to the changed picture, in Chromium, for the largest carousel."""

import statistics
from typing import Any

from playwright.sync_api import Page

from bench.browser import composing

FIELD = "columns-0-title"
WARM_UP = 10
# A quick typist's pace (milliseconds from key to key).
PAUSE = 120
BURST, BURST_PAUSE = 12, 30
DELAY = 200

# For each key, milliseconds from its `input` event until the picture had changed in the page and
# all scripts were through with it, and until the next frame of the screen began.
WATCH = """() => {
  window.spans = [];
  window.detour = null;
  window.delay = null;
  let pressed = null;
  document.addEventListener("input", () => { pressed = performance.now(); }, true);
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, path, ...others) {
    const isCard = path.endsWith("/picture/"), isPicture = isCard || path.endsWith("/preview/");
    open.call(this, method, isCard && window.detour || path, ...others);
    if (isPicture && window.delay) this.setRequestHeader("X-Bench-Delay", window.delay);
  };
  const changed = () => {
    if (pressed === null) return;
    const start = pressed, picture = performance.now() - start;
    pressed = null;
    requestAnimationFrame(() => window.spans.push([picture, performance.now() - start]));
  };
  const watched = {childList: true, subtree: true, characterData: true, attributes: true};
  new MutationObserver(changed).observe(document.getElementById("preview"), watched);
}"""

Rows = list[tuple[str, float, str, str]]


def to_picture(product: Any, *, keys: int) -> Rows:
    with composing(product) as page:
        page.evaluate(WATCH)
        return [*beside_a_constant(page, keys), *all_seven(page, keys), *late_server(page, keys)]


def beside_a_constant(page: Page, keys: int) -> Rows:
    """In turns, so that a slow moment of the machine slows both."""
    shown, constant = [], []
    for _turn in range(4):
        page.evaluate("window.detour = null")
        shown += press_keys(page, keys // 4)
        page.evaluate("window.detour = '/bench/constant/'")
        constant += press_keys(page, keys // 4)
    page.evaluate("window.detour = null")
    pictures, frames = zip(*shown, strict=True)
    least = [picture for picture, _frame in constant]
    ratio = statistics.median(pictures) / statistics.median(least)
    return [
        ("key to picture, median", statistics.median(pictures), "ms", "at most 16"),
        ("key to picture, 95th", late(pictures), "ms", "at most 40"),
        ("key to picture, ratio", ratio, "×", "a constant answer as long, at most 1.8"),
        ("key to frame, median", statistics.median(frames), "ms", "the wait for the screen too"),
        ("key to frame, 95th", late(frames), "ms", "at most 50"),
    ]


def all_seven(page: Page, keys: int) -> Rows:
    """Seven phones and the table of parts."""
    choose(page, "all")
    pictures = [picture for picture, _frame in press_keys(page, keys // 2)]
    choose(page, "line")
    return [
        ("key to all seven pictures, median", statistics.median(pictures), "ms", "at most 60"),
        ("key to all seven pictures, 95th", late(pictures), "ms", "at most 100"),
    ]


def late_server(page: Page, keys: int) -> Rows:
    """Bursts of keys on a server that takes its time: the last of them is always what shows."""
    page.evaluate(f"window.delay = {DELAY}")
    spans = [burst(page, f"第 {number} 張，最後") for number in range(max(5, keys // 12))]
    page.evaluate("window.delay = null")
    name = f"last of {BURST} keys to picture, {DELAY} ms late, slowest"
    return [(name, max(spans), "ms", "at most 450")]


def press_keys(page: Page, keys: int) -> list[tuple[float, float]]:
    """One key at a time at a person's pace."""
    page.locator(f"[name={FIELD}]").click()
    page.evaluate("window.spans = []")
    for number in range(WARM_UP + keys):
        page.keyboard.press("Backspace" if number % 2 else "x")
        page.wait_for_timeout(PAUSE)
        page.wait_for_function("number => window.spans.length > number", arg=number)
    spans: list[tuple[float, float]] = page.evaluate("window.spans")
    return spans[WARM_UP:]


def burst(page: Page, last: str) -> float:
    """From the last key of a burst to the picture that shows it; raises where it never shows."""
    page.locator(f"[name={FIELD}]").fill("")
    for _key in range(BURST):
        page.keyboard.press("x")
        page.wait_for_timeout(BURST_PAUSE)
    span: float = page.evaluate(
        """([name, last]) => new Promise((resolve, reject) => {
          const field = document.querySelector(`[name=${name}]`);
          const preview = document.getElementById("preview");
          const start = performance.now();
          const watcher = new MutationObserver(() => {
            if (!preview.textContent.includes(last)) return;
            watcher.disconnect();
            resolve(performance.now() - start);
          });
          watcher.observe(preview, {childList: true, subtree: true, characterData: true});
          setTimeout(() => reject(new Error("the last state never showed")), 10000);
          field.value = last;
          field.dispatchEvent(new Event("input", {bubbles: true}));
        })""",
        [FIELD, last],
    )
    page.wait_for_timeout(PAUSE)
    return span


def choose(page: Page, channel: str) -> None:
    page.locator(f"[name=channel][value={channel}]").dispatch_event("click")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(PAUSE)


def late(spans: Any) -> float:
    found: float = sorted(spans)[int(len(spans) * 0.95)]
    return found
