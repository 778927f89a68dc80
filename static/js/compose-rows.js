// After a row edit: the focus goes where a person expects it, and a screen reader hears what happened.

const FIELD = "input:not([type=hidden]), textarea, select";

function target(row, edit) {
  if (edit === "add" || edit === "duplicate") return row.querySelector(FIELD);
  const tool = row.querySelector(`:scope > .row-tools [data-edit="${edit}"]`);
  return tool && !tool.disabled ? tool : row.querySelector(":scope > .row-tools [data-edit]:not([disabled])") ?? row.querySelector(FIELD);
}

function goTo(name) {
  const field = name && document.querySelector(`#fields [name="${CSS.escape(name)}"], [data-rows="${CSS.escape(name)}"] button`);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  delete document.getElementById("compose").dataset.pane;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

document.addEventListener("edited", ({ detail }) => {
  const row = detail.row && document.querySelector(`[data-row="${detail.row}"]`);
  if (row) target(row, detail.edit)?.focus();
  goTo(detail.field);
  document.getElementById("announce").textContent = detail.words;
});

// Jump from a notice to its field, opening the card it is folded into.
document.addEventListener("click", (event) => {
  goTo(event.target.closest("[data-jump]")?.dataset.jump);
});
