// The frame over a picture by mouse and finger: dragged, sized by its corner, or called to where one taps.

const shape = ({ dataset, elements }) => dataset.width / dataset.height / elements.ratio.value;
const form = () => document.querySelector("[data-cropping]");
let drag = null;

function pointed({ clientX, clientY }) {
  const { left, top, width, height } = form().querySelector(".crop-picture").getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}

// picture-crop.js keeps it inside the picture and draws it.
function set(values) {
  const { elements } = form();
  for (const [name, value] of Object.entries(values)) elements[name].value = value;
  elements.width.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin(event) {
  if (!event.target.closest?.(".crop-picture") || event.button) return;
  event.preventDefault();
  const { elements } = form();
  const [x, y] = pointed(event);
  if (!event.target.closest(".crop-frame")) {
    const width = Number(elements.width.value);
    set({ left: Math.max(0, x - width / 2), top: Math.max(0, y - (width * shape(form())) / 2) });
  }
  const [left, top] = [Number(elements.left.value), Number(elements.top.value)];
  drag = { isCorner: event.target.matches(".crop-grip"), left, top, x: x - left, y: y - top };
  form().querySelector(".crop-frame").focus();
}

function move(event) {
  if (!drag || !form()) return;
  const [x, y] = pointed(event);
  if (!drag.isCorner) return set({ left: x - drag.x, top: y - drag.y });
  const tall = shape(form());
  const room = Math.min(1 - drag.left, (1 - drag.top) / tall);
  set({ width: Math.min(Math.max(x - drag.left, (y - drag.top) / tall), room) });
}

function end() {
  drag = null;
}

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", end);
