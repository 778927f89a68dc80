// The compose page by keyboard; the sheet `?` lists the same.

const form = document.getElementById("compose");
const ROWS = { ArrowUp: "up", ArrowDown: "down", d: "duplicate", D: "duplicate", Backspace: "remove" };

function row(edit) {
  const here = document.activeElement.closest("[data-row]");
  here?.querySelector(`:scope > .row-tools [data-edit="${edit}"]:not([disabled])`)?.click();
  return Boolean(here);
}

function channel(number) {
  const picks = form.querySelectorAll("input[name=channel]");
  picks[number - 1]?.click();
  return number <= picks.length;
}

function submit(ending) {
  const button = document.querySelector(`button[form=compose][formaction$="/${ending}/"]`);
  if (button) form.requestSubmit(button);
  return Boolean(button);
}

function travel(way) {
  document.querySelector(`[data-history=${way}]`).click();
  return true;
}

function pressed(event) {
  const { key, code } = event;
  if (event.ctrlKey || event.metaKey) {
    if (key === "s") return submit("save");
    if (key === "Enter") return submit("send");
    if (key.toLowerCase() === "z") return travel(event.shiftKey ? "redo" : "undo");
    if (key === "y") return travel("redo");
    return false;
  }
  if (event.altKey) return ROWS[key] ? row(ROWS[key]) : /^Digit[1-8]$/.test(code) && channel(Number(code.at(-1)));
  if (key !== "?" || document.activeElement.matches("input, textarea, select")) return false;
  document.getElementById("keys").showModal();
  return true;
}

// While an input method is composing, every key is its own.
document.addEventListener("keydown", (event) => {
  if (!event.isComposing && !document.querySelector("dialog[open]") && pressed(event)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-dialog]")?.dataset.dialog;
  if (name) document.getElementById(name).showModal();
});
