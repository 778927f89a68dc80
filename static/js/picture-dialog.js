// The dialog of the pictures: opened by a field, chosen from by press or arrow keys.

const dialog = document.getElementById("pictures");
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

async function open(address, place) {
  if (!dialog.open) {
    dialog.dataset.owner = place?.querySelector(".field-box > input")?.name ?? "";
    dialog.replaceChildren(document.getElementById("picture-loading").content.cloneNode(true));
    dialog.showModal();
  }
  await htmx.ajax("GET", address, { source: dialog, target: dialog, swap: "innerHTML" }).catch(() => dialog.close());
  dialog.querySelector("[autofocus]")?.focus();
}

function within(button, address) {
  const place = button.closest("[data-picture]");
  const of = button.dataset.of ?? place?.querySelector(".field-box > input")?.value ?? "";
  return open(`${address}?${new URLSearchParams({ of, ratio: place?.dataset.ratio ?? "" })}`, place);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-shelf], [data-crop], [data-address], [data-shut]");
  if (!button) return;
  const { shelf, crop, address } = button.dataset;
  if (shelf ?? crop) within(button, shelf ?? crop);
  else if (address) button.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: { address } }));
  else dialog.close();
});

function next(tile, key) {
  const tiles = [...dialog.querySelectorAll("[data-address]")];
  const top = (other) => other.getBoundingClientRect().top;
  const columns = tiles.filter((other) => top(other) === top(tiles[0])).length;
  const by = { ...STEPS, ArrowUp: -columns, ArrowDown: columns }[key];
  return by && tiles[tiles.indexOf(tile) + by];
}

dialog.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const isSearch = event.target.matches("[type=search]");
  if (!isSearch && !event.target.matches("[data-address]")) return;
  const tile = isSearch ? event.key === "ArrowDown" && dialog.querySelector("[data-address]") : next(event.target, event.key);
  if (!tile) return;
  event.preventDefault();
  tile.focus();
});
// A picture that was picked, cropped or uploaded is on its way to where it was wanted.
document.addEventListener("taken", () => dialog.close());
document.addEventListener("deleted", () => document.getElementById("wall-count")?.focus());
