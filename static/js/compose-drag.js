// Rows can be dragged by their handle; the values move, as for the arrows, and the row goes back.

let sortable = null;

function letGo({ item, newDraggableIndex: to, oldDraggableIndex: from }) {
  if (to === from) return;
  const list = item.parentElement;
  const others = window.lists.rows(list).filter((row) => row !== item);
  list.insertBefore(item, others[from] ?? list.querySelector(":scope > .row-more"));
  window.rows.edit("move", item.dataset.row, to);
}

// Not before a handle is pressed: Sortable remembers every list for ever, and rows come and go.
function arm({ target }) {
  const list = target.closest("#fields .handle")?.closest("[data-rows]");
  if (!list || sortable?.el === list) return;
  sortable?.destroy();
  sortable = Sortable.create(list, { handle: ".handle", draggable: "[data-row]", ghostClass: "is-lifted", animation: 120, onEnd: letGo });
}

addEventListener("pointerdown", arm, true);
