// Another kind takes the place of this one: the server says what fits, and undo leads back.
// `window.kind` is for the other modules: hashed file names rule out one module importing another.

const form = () => document.getElementById("compose");

// The server has the whole message, and answers with what goes into the fields of a kind.
async function ask(address, values, { to, before = window.values.read() } = {}) {
  const [place, from] = [document.getElementById("fields"), form().dataset.kind];
  const sent = { ...window.redraw.said(), ...values };
  const answered = htmx.ajax("POST", address, { source: window.others.place, target: place, swap: "innerHTML settle:0ms", values: sent });
  window.others.prepare(to, before); // While the server is at it.
  await answered.catch(() => {});
  const filled = window.values.sent(before);
  if (!filled) return false;
  const now = JSON.parse(document.getElementById("kind").textContent);
  window.others.put(now);
  window.values.fill(filled);
  window.addresses.change(from, now);
  return true;
}

// Taken out at once: htmx would say goodbye to each of its elements.
document.addEventListener("htmx:oobBeforeSwap", ({ target }) => target.id === "preview" && target.replaceChildren());

// An `entry` of the history is shown as it was; else what fits of this kind, or what it was before.
function change(to, entry) {
  const address = document.getElementById("kinds").dataset.url.replace("/-/", `/${form().dataset.kind}/`);
  const fields = entry ? new URLSearchParams(JSON.parse(entry.fields)).toString() : "";
  return ask(address, { to, fields }, { to, before: entry && window.past.values(entry) });
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
