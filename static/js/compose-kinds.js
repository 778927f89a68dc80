// Another kind takes the place of this one: the server says what fits, and undo leads back.
// `window.kind` is for the other modules: hashed file names rule out one module importing another.

const form = () => document.getElementById("compose");
// The fields of kinds that were here before, with all their rows: whoever comes back finds them made.
const made = new Map();

// The server answers with the fields of a kind, if they are not there yet, and with what goes into them.
async function ask(address, values, before = window.values.read()) {
  const [place, from] = [document.getElementById("fields"), form().dataset.kind];
  const has = [...made.keys()].join();
  const asked = { source: place, target: place, swap: "innerHTML settle:0ms", values: { ...values, has } };
  await htmx.ajax("POST", address, asked).catch(() => {});
  const filled = window.values.sent(before);
  if (!filled) return false;
  const to = JSON.parse(document.getElementById("kind").textContent);
  if (!place.querySelector("[name]")) place.prepend(...made.get(to));
  made.delete(to);
  window.values.fill(filled);
  window.addresses.change(from, to);
  return true;
}

// Taken out at once: htmx would say goodbye to each of a thousand elements.
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (target.id !== "fields" || !detail.shouldSwap) return;
  made.set(form().dataset.kind, [...target.children].filter((each) => each.localName !== "script"));
  target.replaceChildren();
});

// The same of the picture that this one takes the place of.
document.addEventListener("htmx:oobBeforeSwap", ({ target }) => target.id === "preview" && target.replaceChildren());

// An `entry` of the history is shown as it was; else what fits of this kind, or what it was before.
function change(to, entry) {
  const address = document.getElementById("kinds").dataset.url.replace("/-/", `/${form().dataset.kind}/`);
  const fields = entry ? new URLSearchParams(JSON.parse(entry.fields)).toString() : "";
  return ask(address, { to, fields }, entry && window.past.values(entry));
}

// Undo leads back to what was here, and from there to an older draft whose place was taken.
function settle() {
  const replaced = document.getElementById("replaced");
  const { steps, step, settle: now } = window.past;
  const fields = replaced && JSON.stringify(Object.entries(JSON.parse(replaced.textContent)));
  if (fields) steps.past.push({ kind: form().dataset.kind, fields, keys: "[]" });
  step();
  now();
  document.body.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail: {} }));
}

document.addEventListener("click", ({ target }) => {
  const to = target.closest("[data-to]")?.dataset.to;
  if (to) window.turn.take(async () => to !== form().dataset.kind && (await change(to)) && settle());
});

window.kind = { ask, change, settle };
