// What the compose page was, step by step; kept for the tab, over reloads and changes of kind.
// `window.past` is for compose-history.js: hashed file names rule out one module importing another.

const MOST = 200;
const OURS = /^(csrfmiddlewaretoken|template|expected|name|channel|values|known|look|size|beside)$/;
const form = document.getElementById("compose");
const key = `history:${form.dataset.desk}`;

/** @type {{past: {kind: string, fields: string}[], future: {kind: string, fields: string}[]}} */
const steps = { past: [], future: [], ...JSON.parse(sessionStorage.getItem(key) ?? "{}") };

function snapshot() {
  const fields = [...new FormData(form)].filter(([name]) => !OURS.test(name));
  return { kind: form.dataset.kind, fields: new URLSearchParams(fields).toString() };
}

function keep() {
  steps.past.splice(0, Math.max(0, steps.past.length - MOST));
  for (const button of document.querySelectorAll("[data-history]")) {
    button.disabled = !(button.dataset.history === "undo" ? steps.past : steps.future).length;
  }
  try {
    sessionStorage.setItem(key, JSON.stringify(steps));
  } catch {
    steps.past.splice(0, steps.past.length / 2); // The tab's store is full: the oldest half goes.
  }
}

window.past = { steps, snapshot, keep };
