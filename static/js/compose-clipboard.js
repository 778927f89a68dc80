// A row can be copied into another message: the browser keeps it, for this person, over tabs and reloads.

const store = `copied:${document.getElementById("compose").dataset.person}`;
const PRESS = ["type", "value", "url"];
const sort = (prefix) => prefix.split("-").at(-1);

function copied() {
  const { from = "", row = [] } = JSON.parse(localStorage.getItem(store) ?? "{}");
  return { from: sort(from), row: new Map(row) };
}

// A card says the same of its press under two names, in either kind of carousel.
function card(row) {
  const [one, first] = row.has("action-type") ? ["actions-0-", "action-"] : ["action-", "actions-0-"];
  for (const name of PRESS) row.set(one + name, row.get(first + name) ?? "");
  if (row.has("actions-TOTAL_FORMS")) return row.set("button-text", row.get("actions-0-text"));
  return row.set("actions-TOTAL_FORMS", "1").set("actions-0-text", row.get("button-text"));
}

function adapted(row, from, to) {
  if (to === "columns") return card(row);
  if (to === from) return row;
  return to === "options" ? row.set("label", row.get("text")) : row.set("text", row.get("label")).set("label", "");
}

// Cards fit among cards; answers and buttons among each other.
const fits = (list, from) => Boolean(from) && (sort(list.dataset.rows) === "columns") === (from === "columns");

function offer() {
  const { from } = copied();
  for (const button of document.querySelectorAll("#fields [data-paste]")) {
    window.lists.set(button, "hidden", !fits(button.closest("[data-rows]"), from));
  }
}

function copy(at) {
  const list = document.querySelector(`#fields [data-row="${at}"]`).closest("[data-rows]");
  const from = list.dataset.rows;
  const number = Number(at.slice(from.length + 1));
  const row = window.rows.copy(window.rows.taken(window.values.read(), from)[number]);
  localStorage.setItem(store, JSON.stringify({ from, row: [...row] }));
  offer();
  window.say(window.go.words("copied", list, number + 1));
}

document.addEventListener("click", ({ target }) => {
  const [copying, pasting] = [target.closest("#fields [data-clip]"), target.closest("#fields [data-paste]")];
  if (copying) copy(copying.dataset.clip);
  if (!pasting) return;
  const { from, row } = copied();
  window.rows.edit("paste", pasting.dataset.paste, adapted(row, from, sort(pasting.dataset.paste)));
});
addEventListener("storage", ({ key }) => key === store && offer());
document.addEventListener("filled", offer);
offer();
