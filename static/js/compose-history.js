// Undo and redo over everything: typing in bursts, rows, fixes, changes of kind. Kept for the tab.

const MOST = 200;
const BURST = 800;
const OURS = /^(csrfmiddlewaretoken|template|expected|name|channel|values|known|look)$/;
const form = document.getElementById("compose");
const key = `history:${form.dataset.desk}`;
const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
const past = kept.past ?? [];
const future = kept.future ?? [];
let current = snapshot();
let burst = 0;

function snapshot() {
  const fields = [...new FormData(form)].filter(([name]) => !OURS.test(name));
  return { kind: form.dataset.kind, fields: new URLSearchParams(fields).toString() };
}

function keep() {
  past.splice(0, Math.max(0, past.length - MOST));
  for (const button of document.querySelectorAll("[data-history]")) {
    button.disabled = !(button.dataset.history === "undo" ? past : future).length;
  }
  try {
    sessionStorage.setItem(key, JSON.stringify({ past, future }));
  } catch {
    past.splice(0, past.length / 2); // The tab's store is full: the oldest half goes.
  }
}

function step() {
  if (past.at(-1)?.fields !== current.fields) past.push(current);
  future.length = 0;
}

async function show(entry, words) {
  current = entry;
  keep();
  const values = { ...Object.fromEntries(new URLSearchParams(entry.fields)), words };
  if (entry.kind === form.dataset.kind) return htmx.ajax("POST", form.dataset.redraw, { source: "#fields", target: "#fields", swap: "innerHTML", values });
  const address = (part) => form.dataset.redraw.replace(`/${form.dataset.kind}/redraw/`, `/${entry.kind}/${part}`);
  const token = form.elements.csrfmiddlewaretoken.value;
  await fetch(address("draft/"), { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(values) });
  return location.assign(address(""));
}

function travel(way, words) {
  const [from, to] = way === "undo" ? [past, future] : [future, past];
  if (!from.length) return;
  burst = 0;
  to.push(current);
  show(from.pop(), words);
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("#fields")) return;
  if (Date.now() - burst > BURST) step();
  burst = Date.now();
  current = snapshot();
  keep();
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const address = detail.requestConfig.path;
  if (/\/(rows|fix)\/$/.test(address)) step();
});
document.addEventListener("edited", () => {
  current = snapshot();
  burst = 0;
  keep();
});
form.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name !== "to") return;
  step();
  keep();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-history]");
  if (button) travel(button.dataset.history, button.title);
});
keep();
