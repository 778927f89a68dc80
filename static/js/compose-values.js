// The message's values by the names of its fields: read from the form, and put into it.
// Each row has a key that goes with its values, wherever they move.
// `window.values` is for the other modules: hashed file names rule out one module importing another.

const KEY = "-__key";
const place = () => document.getElementById("fields");
// Of what a formset counts, only the total ever changes.
const named = () => place().querySelectorAll("[name]:not([name$=-INITIAL_FORMS])");
const drawn = () => place().querySelectorAll("[data-row]");
let made = 0;

const fresh = () => `${Date.now().toString(36)}-${made++}`;

function read() {
  const values = new Map([...named()].map(({ name, value }) => [name, value]));
  for (const row of drawn()) values.set(row.dataset.row + KEY, (row.dataset.key ||= fresh()));
  return values;
}

function fill(values) {
  window.lists.resize(place(), values);
  for (const field of named()) {
    window.lists.set(field, "value", values.get(field.name) ?? field.value);
    if (field.selectedIndex === -1) field.selectedIndex = 0; // A press that this kind does not know.
    field.removeAttribute("aria-invalid");
  }
  for (const row of drawn()) row.dataset.key = values.get(row.dataset.row + KEY) ?? fresh();
  for (const said of place().querySelectorAll(".field-said")) said.remove();
  for (const list of place().querySelectorAll("[data-rows]")) window.lists.allow(list);
  place().dispatchEvent(new Event("filled", { bubbles: true }));
}

// What the server sent along; it knows nothing of keys, so rows keep theirs by their place.
function sent(before) {
  const script = document.getElementById("filled");
  script?.remove();
  return script && new Map([...before, ...Object.entries(JSON.parse(script.textContent))]);
}

window.values = { KEY, read, fill, sent };
