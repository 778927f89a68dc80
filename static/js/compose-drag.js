// Rows can be dragged by their handle; the values move, as for the arrows, and the row goes back.

function letGo({ item, newDraggableIndex: to, oldDraggableIndex: from }) {
  if (to === from) return;
  const list = item.parentElement;
  const others = window.lists.rows(list).filter((row) => row !== item);
  list.insertBefore(item, others[from] ?? list.querySelector(":scope > .row-more"));
  window.rows.edit("move", item.dataset.row, to);
}

function arm() {
  for (const rows of document.querySelectorAll("#fields [data-rows]:not([data-draggable])")) {
    rows.dataset.draggable = "";
    Sortable.create(rows, { handle: ".handle", draggable: "[data-row]", ghostClass: "is-lifted", animation: 120, onEnd: letGo });
  }
}

document.addEventListener("filled", arm);
if (window.Sortable) arm();
else addEventListener("DOMContentLoaded", arm);
