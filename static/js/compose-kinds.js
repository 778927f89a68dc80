// Another kind takes the place of this one: the server says what fits, and undo leads back.
// `window.kind` is for the other modules: hashed file names rule out one module importing another.

const form = () => document.getElementById("compose");
const ADDRESSES = ["action", "formaction", "hx-post"];

// Every address on the page names the kind that is being written.
function readdress(from, to) {
  for (const name of ADDRESSES) {
    for (const place of document.querySelectorAll(`[${name}*="/compose/${from}/"]`)) {
      place.setAttribute(name, place.getAttribute(name).replace(`/compose/${from}/`, `/compose/${to}/`));
    }
  }
  history.replaceState(history.state, "", location.href.replace(`/compose/${from}/`, `/compose/${to}/`));
  form().dataset.kind = to;
  for (const button of document.querySelectorAll("[data-to]")) button.setAttribute("aria-pressed", String(button.dataset.to === to));
}

// An `entry` of the history is shown as it was; else what fits of this kind, or what it was before.
async function change(to, entry) {
  const [place, from] = [document.getElementById("fields"), form().dataset.kind];
  const before = entry ? window.past.values(entry) : window.values.read();
  const values = { to, fields: entry ? new URLSearchParams(JSON.parse(entry.fields)).toString() : "" };
  const asked = { source: place, target: place, swap: "innerHTML settle:0ms", values };
  await htmx.ajax("POST", document.getElementById("kinds").dataset.url.replace("/-/", `/${from}/`), asked).catch(() => {});
  const filled = window.values.sent(before);
  if (!filled) return false;
  window.values.fill(filled);
  readdress(from, to);
  return true;
}

// What was asked for as another kind is asked for as this one, and comes too late.
const ASKED = /\/compose\/\w+\/(preview|draft)\//;
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.path = detail.path.replace(ASKED, `/compose/${form().dataset.kind}/$1/`);
});
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  const path = detail.requestConfig.path;
  if (target.id === "preview" && ASKED.test(path) && !path.includes(`/compose/${form().dataset.kind}/`)) detail.shouldSwap = false;
});
document.addEventListener("click", async ({ target }) => {
  const to = target.closest("[data-to]")?.dataset.to;
  if (!to || to === form().dataset.kind || !(await change(to))) return;
  const replaced = document.getElementById("replaced");
  if (replaced) window.past.steps.past.push({ kind: to, fields: JSON.stringify(Object.entries(JSON.parse(replaced.textContent))), keys: "[]" });
  window.past.step();
  window.past.settle();
  document.body.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail: {} }));
});

window.kind = { change };
