// Every address on the page names the kind that is being written.
// `window.addresses` is for compose-kinds.js: hashed file names rule out one module importing another.

const form = () => document.getElementById("compose");
const ADDRESSES = ["action", "formaction", "hx-post", "data-card"];

function change(from, to) {
  for (const name of ADDRESSES) {
    for (const place of document.querySelectorAll(`[${name}*="/compose/${from}/"]`)) {
      place.setAttribute(name, place.getAttribute(name).replace(`/compose/${from}/`, `/compose/${to}/`));
    }
  }
  form().dataset.kind = to;
  for (const button of document.querySelectorAll("[data-to]")) button.setAttribute("aria-pressed", String(button.dataset.to === to));
  setTimeout(tell); // It lays the page out, which is not yet all there.
}

function tell() {
  const here = location.href.replace(/\/compose\/\w+\//, `/compose/${form().dataset.kind}/`);
  if (here !== location.href) history.replaceState(history.state, "", here);
}

// What was asked for as another kind is asked for as this one, and comes too late.
const ASKED = /\/compose\/\w+\/(preview|draft)\//;
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.path = detail.path.replace(ASKED, `/compose/${form().dataset.kind}/$1/`);
});
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  const path = detail.requestConfig.path;
  if (target.id === "preview" && ASKED.test(path) && !path.includes(`/compose/${form().dataset.kind}/`)) detail.shouldSwap = false;
});

window.addresses = { change };
