// Copies by one press, and says so on the button.

// Browsers lend their clipboard to https only; the old way still works elsewhere.
function byHand(text, near) {
  const box = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  near.after(box);
  box.select();
  const isCopied = document.execCommand("copy");
  box.remove();
  near.focus();
  return isCopied;
}

async function put(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return byHand(text, near);
  }
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy], [data-copy-text]");
  if (!button) return;
  const source = button.dataset.copy && document.querySelector(button.dataset.copy);
  const words = button.querySelector("[data-copied]");
  const isCopied = await put(source?.textContent ?? button.dataset.copyText, button);
  words.textContent = isCopied ? words.dataset.copied : words.dataset.refused;
  if (!isCopied && source) getSelection().selectAllChildren(source); // Ready for Ctrl+C.
});
