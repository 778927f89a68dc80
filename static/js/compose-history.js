// Undo and redo over everything: typing in bursts, rows, fixes, changes of kind.

const { steps, snapshot, keep } = window.past;
const BURST = 800;
const form = document.getElementById("compose");
let current = snapshot();
let typed = 0;

function step() {
  if (steps.past.at(-1)?.fields !== current.fields) steps.past.push(current);
  steps.future.length = 0;
}

async function show(entry, words) {
  current = entry;
  keep();
  const { kind, redraw } = form.dataset;
  const values = { ...Object.fromEntries(new URLSearchParams(entry.fields)), words };
  if (entry.kind === kind) return htmx.ajax("POST", redraw, { source: "#fields", target: "#fields", swap: "innerHTML", values });
  const there = redraw.replace(`/${kind}/redraw/`, `/${entry.kind}/`);
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  await fetch(`${there}draft/`, { method: "POST", headers, body: new URLSearchParams(values) });
  return location.assign(there);
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("#fields")) return;
  if (event.detail === "step" || Date.now() - typed > BURST) step();
  typed = Date.now();
  current = snapshot();
  keep();
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (/\/(rows|fix)\/$/.test(detail.requestConfig.path)) step();
});
document.addEventListener("edited", () => {
  current = snapshot();
  typed = 0;
  keep();
});
// Another kind, or a pasted message, takes the place of this one: undo leads back to it.
document.addEventListener("submit", ({ target, submitter }) => {
  if (submitter?.name !== "to" && !(target.closest("#paste") && submitter?.formMethod !== "dialog")) return;
  step();
  keep();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-history]");
  if (!button) return;
  const [from, to] = button.dataset.history === "undo" ? [steps.past, steps.future] : [steps.future, steps.past];
  typed = 0;
  to.push(current);
  show(from.pop(), button.title);
});
keep();
