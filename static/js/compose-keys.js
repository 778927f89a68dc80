// The compose page by keyboard; the sheet `?` lists the same.

const form = document.getElementById("compose");
// With Alt, by the key's place: what is printed on it differs from keyboard to keyboard.
const ROWS = {
  ArrowUp: "[data-edit=up]",
  ArrowDown: "[data-edit=down]",
  KeyD: "[data-edit=duplicate]",
  KeyC: "[data-clip]",
  Backspace: "[data-edit=remove]",
};
const ENDINGS = { s: "save", Enter: "send" };

function row(tool) {
  const here = document.activeElement.closest("[data-row]");
  here?.querySelector(`:scope > .row-tools ${tool}:not([disabled])`)?.click();
  return Boolean(here);
}

// Into the list that one is in, or else the first that takes it.
function paste() {
  const places = [document.activeElement.closest("[data-rows]"), document.getElementById("fields")];
  const button = places.map((place) => place?.querySelector("[data-paste]:not([hidden], [disabled])")).find(Boolean);
  button?.click();
  return Boolean(button);
}

function channel(number) {
  const picks = form.querySelectorAll("input[name=channel]");
  picks[number - 1]?.click();
  return number <= picks.length;
}

function submit(ending) {
  const button = document.querySelector(`button[form=compose][formaction*="/${ending}/"]:not([name])`);
  if (button) form.requestSubmit(button);
  return Boolean(button);
}

// What is typed outside the message, as its name, the browser itself takes back.
const isBeside = (field) => ["text", "search", "textarea"].includes(field.type) && !field.closest("#fields");

function pressed(event) {
  const { key, code } = event;
  if (event.ctrlKey || event.metaKey) {
    if (ENDINGS[key]) return event.repeat || submit(ENDINGS[key]);
    const way = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()];
    return Boolean(way) && !isBeside(document.activeElement) && (document.querySelector(`[data-history=${way}]`).click() ?? true);
  }
  if (event.altKey && code === "KeyV") return paste();
  if (event.altKey) return ROWS[code] ? row(ROWS[code]) : /^Digit[1-8]$/.test(code) && channel(Number(code.at(-1)));
  if (key !== "?" || document.activeElement.matches("input, textarea, select")) return false;
  document.getElementById("keys").showModal();
  return true;
}

// While an input method is composing, every key is its own.
document.addEventListener("keydown", (event) => {
  if (!event.isComposing && !document.querySelector("dialog[open]") && pressed(event)) event.preventDefault();
});
