// Rows come and go: a blank one is drawn once by the server, and gets its place and number here.
// `window.lists` is for the other modules: hashed file names rule out one module importing another.

const rows = (list) => [...list.children].filter((child) => child.dataset.row);
const more = (list) => list.querySelector(":scope > .row-more");

// Thirty rows of one kind come from one template, which need not be written out for each.
const moulds = new WeakMap();
function text(template) {
  if (!moulds.has(template)) moulds.set(template, template.innerHTML);
  return moulds.get(template);
}

// Rows from one number to another, outside of the page: they are put there once, with all that is in them.
function blanks(fields, prefix, from, to) {
  const mould = prefix.replace(/-\d+-/g, "-__prefix__-");
  const drawn = text(fields.querySelector(`template[data-blank="${mould}"]`));
  const one = (index) => drawn.replaceAll(`${mould}-__prefix__`, `${prefix}-${index}`).replaceAll("__number__", index + 1);
  const box = document.createElement("template");
  box.innerHTML = Array.from({ length: to - from }, (_none, more) => one(from + more)).join("");
  return [...box.content.children];
}

// As many rows as the values say, in every list of all the fields, or of a new row among them.
function resize(fields, values, root = fields) {
  for (const list of root.querySelectorAll("[data-rows]")) {
    const there = rows(list);
    const count = Number(values.get(`${list.dataset.rows}-TOTAL_FORMS`) ?? there.length);
    for (const row of there.slice(count)) row.remove();
    if (count <= there.length) continue;
    const made = blanks(fields, list.dataset.rows, there.length, count);
    for (const row of made) resize(fields, values, row);
    more(list).before(...made);
  }
}

// What is set anew is styled, laid out and drawn anew, even where it says the same.
function set(place, name, value) {
  if (place[name] !== value) place[name] = value;
}

// Which buttons can be pressed hangs on where a row is, and on how many there are.
function allow(list) {
  const { most, least } = list.dataset;
  const there = rows(list);
  const [isFull, isLeast] = [there.length >= most, there.length <= least];
  there.forEach((row, index) => {
    const not = { up: !index, down: index === there.length - 1, duplicate: isFull, remove: isLeast };
    for (const tool of row.querySelectorAll(":scope > .row-tools [data-edit]")) set(tool, "disabled", not[tool.dataset.edit] ?? false);
    set(row.querySelector(":scope > .row-tools .handle"), "hidden", there.length < 2);
  });
  for (const button of more(list).querySelectorAll("button")) set(button, "disabled", isFull);
  set(more(list).querySelector(".counter"), "textContent", `${there.length}/${most}`);
}

window.lists = { rows, resize, allow, set };
