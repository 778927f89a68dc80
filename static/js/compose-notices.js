// The notices are drawn anew with every keystroke: what a person opened or closed stays so.

/** @type {Map<string, boolean>} */
const chosen = new Map();

document.addEventListener("click", (event) => {
  const group = event.target.closest("summary")?.closest("details[data-notices]");
  if (group) chosen.set(group.dataset.notices, !group.open);
});

// A press must not first leave the field: what is said on leaving redraws the notices under the finger.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest(".notices :is(button, summary)")) event.preventDefault();
});

function restore() {
  for (const group of document.querySelectorAll("details[data-notices]")) {
    group.open = chosen.get(group.dataset.notices) ?? group.open;
  }
}

document.addEventListener("htmx:afterSwap", restore);
document.addEventListener("htmx:oobAfterSwap", restore);
