// After an edit the focus goes where a person expects it, and a screen reader hears what happened.
// `window.go` is for the other modules: hashed file names rule out one module importing another.

const FIELD = "input:not([type=hidden]), textarea, select";

function announce(words) {
  document.getElementById("announce").textContent = words ?? "";
}

function words(name, list, number) {
  const said = document.querySelector(`template[data-edited="${name}"]`).content.textContent.trim();
  return said.replace("{noun}", list.dataset.noun).replace("{number}", number);
}

function unfold(place) {
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function target(row, edit) {
  if (["add", "duplicate", "paste"].includes(edit)) return row.querySelector(FIELD);
  const tool = row.querySelector(`:scope > .row-tools [data-edit="${edit}"]`);
  return tool && !tool.disabled ? tool : row.querySelector(":scope > .row-tools [data-edit]:not([disabled])") ?? row.querySelector(FIELD);
}

// Of a list: the button for one more; of a full one, the first that can be pressed in it.
function tool(name) {
  const list = document.querySelector(`#fields [data-rows="${CSS.escape(name)}"]`);
  return list?.querySelector(":scope > .row-more button:enabled:not([hidden])") ?? list?.querySelector("[data-edit]:enabled");
}

function to(name) {
  const field = name && (document.querySelector(`#fields [name="${CSS.escape(name)}"]`) ?? tool(name));
  if (!field) return;
  unfold(field);
  delete document.getElementById("compose").dataset.pane;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

document.addEventListener("edited", ({ detail }) => {
  const row = detail.row && document.querySelector(`#fields [data-row="${detail.row}"]`);
  const place = row && target(row, detail.edit);
  if (place?.matches(FIELD)) unfold(place);
  place?.focus();
  to(detail.field);
  if (detail.words) announce(detail.words);
});

// Jump from a notice to its field, opening the card it is folded into.
document.addEventListener("click", (event) => {
  to(event.target.closest("[data-jump]")?.dataset.jump);
});

window.go = { announce, unfold, to, words };
