// The frame over a picture. Where it is stands in the form's own fields; keys and the slider change them here.

const LEAST = 0.05;
const KEYS = { ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0], ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], "+": [0, 0, 1], "=": [0, 0, 1], "-": [0, 0, -1] };
const within = (value, most, least = 0) => Math.max(Math.min(value, most), least);
const at = ({ elements }) => ["left", "top", "width"].map((name) => Number(elements[name].value));

// How tall the frame is for its width, both as shares of the picture.
function tallness({ dataset, elements }) {
  return dataset.width / dataset.height / elements.ratio.value;
}

function draw(form) {
  const [left, top, width] = at(form);
  const { elements, dataset } = form;
  const tall = tallness(form);
  const widest = Math.min(1, 1 / tall);
  const wide = within(width, widest, Math.min(LEAST, widest));
  const spot = [within(left, 1 - wide), within(top, 1 - wide * tall)];
  Object.assign(elements.width, { min: Math.min(LEAST, widest), max: widest });
  [elements.left.value, elements.top.value, elements.width.value] = [...spot, wide];
  const { style } = form.querySelector(".crop-frame");
  [style.left, style.top, style.width, style.height] = [...spot, wide, wide * tall].map((share) => `${100 * share}%`);
  const across = wide * dataset.width;
  form.querySelector("output").value = `${Math.round(across)} × ${Math.round(across / elements.ratio.value)}`;
}

function widest(form) {
  const tall = tallness(form);
  const wide = Math.min(1, 1 / tall);
  form.elements.width.max = wide;
  const middle = [(1 - wide) / 2, (1 - wide * tall) / 2, wide];
  ["left", "top", "width"].forEach((name, index) => (form.elements[name].value = middle[index]));
  draw(form);
}

document.addEventListener("keydown", (event) => {
  const by = event.target.matches(".crop-frame") && KEYS[event.key];
  if (!by) return;
  event.preventDefault();
  const form = event.target.closest("form");
  const step = event.shiftKey && event.key !== "+" ? 0.05 : 0.01;
  ["left", "top", "width"].forEach((name, index) => (form.elements[name].value = at(form)[index] + by[index] * step));
  draw(form);
});
document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-cropping]");
  if (form && target.name === "width") draw(form);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-cropping] [name=ratio]")) widest(target.form);
});
document.addEventListener("htmx:load", ({ target }) => {
  if (target.matches?.("[data-cropping]")) widest(target);
});
