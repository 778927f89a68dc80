// Puts a placeholder where the caret last was; the browser's own undo takes it back.

const WRITABLE = "#fields textarea, #fields input:not([type]), #fields input[type=text], #fields input[type=url]";
let last = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches(WRITABLE)) last = event.target;
});

// The default value, which is still missing, goes between the bar and the braces.
const NO_DEFAULT = /\|\s*(?=\}\}$)/;

function insert(text) {
  const field = last?.isConnected ? last : document.querySelector(WRITABLE);
  if (!field) return;
  field.focus();
  // The only way that keeps the browser's undo; without it the text is set directly.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (NO_DEFAULT.test(text)) {
    const place = field.selectionEnd - "}}".length;
    field.setSelectionRange(place, place);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  insert(button.dataset.insert);
  button.closest("details")?.removeAttribute("open");
});
