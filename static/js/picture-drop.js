// Pictures dropped on or pasted into a place for them.

const place = ({ target }) => target.closest?.("[data-picture]") ?? null;
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

function give(there, files) {
  there.dispatchEvent(new CustomEvent("files", { bubbles: true, detail: files }));
}

function mark(there) {
  for (const other of document.querySelectorAll("[data-over]")) delete other.dataset.over;
  if (there) there.dataset.over = "";
}

// A file let go beside a place would otherwise open instead of the whole page.
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = place(event) ? "copy" : "none";
  mark(place(event));
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (!relatedTarget) mark(null);
});
document.addEventListener("drop", (event) => {
  mark(null);
  if (!hasFiles(event)) return;
  event.preventDefault();
  if (place(event)) give(place(event), [...event.dataTransfer.files]);
});
// Where words come along, as from a sheet or a letter, the words are what is meant.
document.addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
  const there = place(event) ?? document.querySelector("dialog[open] [data-picture], [data-many]");
  if (!there || !files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  give(there, files);
});
