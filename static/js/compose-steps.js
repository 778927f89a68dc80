// The steps of the compose page's history, kept for the tab, over reloads and changes of kind.
// `window.pile` is for compose-past.js: hashed file names rule out one module importing another.

const [MOST, SOON] = [200, 400];
const store = `history:${document.getElementById("compose").dataset.desk}`;
let timer = 0;

/** @typedef {{kind: string, fields: string, keys: string}} Entry */
/** @type {{past: Entry[], future: Entry[], folded: string[], now: Entry | null}} */
const steps = { past: [], future: [], folded: [], now: null, ...JSON.parse(sessionStorage.getItem(store) ?? "{}") };

function write() {
  clearTimeout(timer);
  try {
    sessionStorage.setItem(store, JSON.stringify(steps));
  } catch {
    steps.past.splice(0, steps.past.length / 2); // The tab's store is full: the oldest half goes.
  }
}

// Two hundred steps of a large message take longer to write than a key may take.
function keep() {
  steps.past.splice(0, Math.max(0, steps.past.length - MOST));
  for (const button of document.querySelectorAll("[data-history]")) {
    button.disabled = !(button.dataset.history === "undo" ? steps.past : steps.future).length;
  }
  clearTimeout(timer);
  timer = setTimeout(write, SOON);
}

addEventListener("pagehide", write);

window.pile = { steps, keep };
