// The notices are drawn anew with every keystroke: what a person opened or closed stays so.

/** @type {Map<string, boolean>} */
const chosen = new Map();

document.addEventListener("click", (event) => {
  const group = event.target.closest("summary")?.closest("details[data-notices]");
  if (group) chosen.set(group.dataset.notices, !group.open);
});

// A press must not first leave the field, nor lose its button under the finger: what arrives
// between down and up waits until the press is over.
let isPressed = false;
let isLate = false;

const pressable = ({ target }) => target.closest(".notices :is(button, summary)");

function release() {
  isPressed = false;
  if (isLate) htmx.trigger("#compose", "refresh");
  isLate = false;
}

document.addEventListener("mousedown", (event) => pressable(event) && event.preventDefault());
document.addEventListener("pointerdown", (event) => (isPressed = Boolean(pressable(event))));
document.addEventListener("pointerup", () => isPressed && setTimeout(release));
document.addEventListener("pointercancel", () => isPressed && release());
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isPressed || detail.target.id !== "preview") return;
  detail.shouldSwap = false;
  isLate = true;
});

function restore() {
  for (const group of document.querySelectorAll("details[data-notices]")) {
    group.open = chosen.get(group.dataset.notices) ?? group.open;
  }
}

document.addEventListener("htmx:afterSwap", restore);
document.addEventListener("htmx:oobAfterSwap", restore);

// A press that mends sends the whole message's values along: into the form with them.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const isMended = /\/fix\/$/.test(detail.requestConfig?.path ?? "");
  const mended = isMended && window.values.sent(window.values.read());
  if (!mended) return;
  window.past.step();
  window.values.fill(mended);
  window.past.settle();
});
