// A press on a row's button, or a drag: the values move, and the rows stay where they are drawn.
// `window.rows` is for the other modules: hashed file names rule out one module importing another.

const { read, fill, KEY } = window.values;

const isOf = (name, prefix) => name.startsWith(`${prefix}-`) && /^\d+-/.test(name.slice(prefix.length + 1));

function taken(values, prefix) {
  const rows = Array.from({ length: Number(values.get(`${prefix}-TOTAL_FORMS`)) }, () => new Map());
  for (const [name, value] of values) {
    if (!isOf(name, prefix)) continue;
    const [index, ...rest] = name.slice(prefix.length + 1).split("-");
    rows[Number(index)]?.set(rest.join("-"), value);
  }
  return rows;
}

function put(values, prefix, rows) {
  const others = [...values].filter(([name]) => !isOf(name, prefix));
  const moved = rows.flatMap((row, index) => [...row].map(([name, value]) => [`${prefix}-${index}-${name}`, value]));
  return new Map([...others, ...moved, [`${prefix}-TOTAL_FORMS`, String(rows.length)]]);
}

// Without its keys, a row and the rows within it are new ones.
const copy = (row) => new Map([...row].filter(([name]) => !`-${name}`.endsWith(KEY)));
const move = (rows, at, to) => rows.splice(to, 0, ...rows.splice(at, 1));

const EDITS = {
  add: (rows) => rows.push(new Map()) - 1,
  remove: (rows, at) => (rows.splice(at, 1), Math.min(at, rows.length - 1)),
  duplicate: (rows, at) => (rows.splice(at + 1, 0, copy(rows[at])), at + 1),
  paste: (rows, at, row) => rows.push(row) - 1,
  up: (rows, at) => (move(rows, at, at - 1), at - 1),
  down: (rows, at) => (move(rows, at, at + 1), at + 1),
  move: (rows, at, to) => (move(rows, at, to), to),
};

// `at` is a list to add to, or a row; `by` is where a row goes, or what is pasted.
function edit(name, at, by) {
  const list = document.querySelector(`#fields [data-rows="${at.replace(/-\d+$/, "")}"]`);
  const prefix = list.dataset.rows;
  const values = read();
  const rows = taken(values, prefix);
  const index = EDITS[name](rows, Number(at.slice(prefix.length + 1)), by);
  window.past.step();
  fill(put(values, prefix, rows));
  htmx.trigger("#compose", "refresh");
  window.past.settle();
  const detail = { row: `${prefix}-${index}`, edit: name, words: window.go.words(name, list, index + 1) };
  document.body.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("#fields [data-edit]");
  if (button) edit(button.dataset.edit, button.dataset.at);
});

window.rows = { edit, taken, copy };
