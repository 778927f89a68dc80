// The fields of the kinds that are one press away: blank ones from the page, or those that were
// here before with all their rows, so that whoever comes back finds them made.
// `window.others` is for compose-kinds.js: hashed file names rule out one module importing another.

const place = document.getElementById("others");
const made = new Map([...place.children].map(({ dataset, content }) => [dataset.kind, document.adoptNode(content)]));

// A message that was of this kind before most likely has as many rows again; else as many as now.
function prepare(kind, values) {
  const last = window.past.steps.past.findLast((each) => each.kind === kind);
  if (made.has(kind)) window.lists.resize(made.get(kind), last ? window.past.values(last) : values);
}

function put(kind) {
  document.getElementById("fields").prepend(made.get(kind));
  made.delete(kind);
}

// Taken out at once: htmx would say goodbye to each of a thousand elements.
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (detail.target.id !== "fields" || !detail.shouldSwap) return; // What is refused goes elsewhere.
  if (!detail.serverResponse.includes('id="filled"')) {
    [detail.shouldSwap, detail.isError] = [false, true]; // Somebody else's page, as of a proxy: the fields stay.
    return;
  }
  const left = document.createDocumentFragment();
  left.append(...[...target.children].filter((each) => each.localName !== "script"));
  made.set(document.getElementById("compose").dataset.kind, left);
});

window.others = { place, prepare, put };
