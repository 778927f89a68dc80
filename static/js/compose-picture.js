// The field of a picture: its thumbnail follows the address, and a new picture's address goes into it.

const OURS = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const KEPT = /\/pictures\/[0-9a-f]{32}\.(jpg|png)$/;
const dialog = document.getElementById("pictures");
const box = (place) => place?.querySelector(".field-box > input");

// What we serve ourselves is loaded by its path, so that it shows however the page was reached.
function source(address) {
  if (!URL.canParse(address)) return "";
  const { protocol, hostname, pathname, search } = new URL(address);
  if (OURS.test(hostname) || address.startsWith(`${dialog.dataset.base}/`)) return pathname + search;
  return protocol === "https:" ? address : "";
}

// The same address again would load, and lay out, the same picture again.
function show(place) {
  const address = box(place).value.trim();
  const [picture, from] = [place.querySelector("[data-thumb]"), source(address)];
  place.querySelector("[data-crop]").hidden = !KEPT.test(address);
  if ((picture.getAttribute("src") ?? "") === from) return;
  picture.hidden = !from;
  if (from) picture.src = from;
  else picture.removeAttribute("src");
}

function showAll(root) {
  for (const picture of root.querySelectorAll("[data-thumb]")) show(picture.closest("[data-picture]"));
}

function put(field, address) {
  field.value = address;
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "step" }));
  show(field.closest("[data-picture]"));
}

// While a file is on its way, rows are moved and removed: the picture follows the row's key.
function wanted(target) {
  const key = target.dataset.rowKey;
  const place = target.closest("[data-picture]");
  return key ? document.querySelector(`#fields [data-row][data-key="${key}"] [data-picture]`) : place;
}

// Uploaded at the field itself, or uploaded, cropped or picked in the dialog that the field opened.
document.addEventListener("taken", ({ target, detail }) => {
  const field = target.closest("#fields") ? box(wanted(target)) : document.getElementsByName(dialog.dataset.owner)[0];
  if (field) put(field, detail.address);
});
// While somebody types an address, half of it is not asked for.
document.addEventListener("change", ({ target }) => {
  const place = target.closest("[data-picture]");
  if (place && target === box(place)) show(place);
});
document.addEventListener("error", ({ target }) => {
  if (target.matches?.("[data-thumb]")) target.hidden = true;
}, true);
document.addEventListener("filled", ({ target }) => showAll(target));
showAll(document);
