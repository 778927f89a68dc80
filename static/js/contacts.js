// How many are ticked, and ticking all that are shown.
const BOXES = '.picks input[name="ticked"]:not(:disabled)';

function tell() {
  const ticked = document.querySelectorAll(`${BOXES}:checked`).length;
  const said = document.querySelector("[data-ticked]");
  const all = document.querySelector("[data-tick-all]");
  if (said) said.textContent = ticked || "";
  if (all) all.indeterminate = ticked > 0 && ticked < document.querySelectorAll(BOXES).length;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-all]")) {
    for (const box of document.querySelectorAll(BOXES)) box.checked = target.checked;
  }
  if (target.closest(".picks")) tell();
});
document.addEventListener("htmx:afterSettle", tell);
tell();
