// Rows can be dragged by their handle; the server does the arithmetic, as for the arrows.

function letGo({ item, newDraggableIndex, oldDraggableIndex }) {
  if (newDraggableIndex === oldDraggableIndex) return;
  const address = document.getElementById("compose").dataset.rowsUrl;
  const values = { edit: "move", at: item.dataset.row, to: newDraggableIndex };
  htmx.ajax("POST", address, { source: "#fields", target: "#fields", swap: "innerHTML", values });
}

function arm() {
  for (const rows of document.querySelectorAll("[data-rows]:not([data-draggable])")) {
    rows.dataset.draggable = "";
    Sortable.create(rows, { handle: ".handle", draggable: "[data-row]", ghostClass: "is-lifted", animation: 120, onEnd: letGo });
  }
}

document.addEventListener("htmx:afterSettle", arm);
if (window.Sortable) arm();
else addEventListener("DOMContentLoaded", arm);
