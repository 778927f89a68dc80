// What may not have reached the server on leaving waits in this browser until the next visit.
// `window.rescue` is for the other modules: hashed file names rule out one module importing another.

const form = document.getElementById("compose");
const kept = document.getElementById("kept");
const stamp = () => kept.querySelector("[data-stamp]")?.dataset.stamp ?? "";
const desk = () => `rescue:${form.dataset.person}:${form.dataset.desk}:${form.dataset.kind}:`;
// Each tab has its own.
const tab = `${Date.now()}-${Math.random()}`;
let base = stamp();

// Over what the server had is what is on the page now, with the name beside it.
function put() {
  base = stamp() || base;
  const { kind, fields, keys } = window.past.snapshot();
  const name = form.elements.name.value;
  try {
    localStorage.setItem(desk() + tab, JSON.stringify({ kind, fields, keys, name, base }));
  } catch {
    // This browser's store is full or forbidden: the page asks before it is left instead.
  }
}

function forget() {
  base = stamp();
  localStorage.removeItem(desk() + tab);
}

// Where the server heard nothing newer since, it is put back; else undo leads to it.
function bring(found) {
  const isNewest = found.base === stamp();
  const isSame = found.fields === window.past.snapshot().fields && (!isNewest || found.name === form.elements.name.value);
  if (isSame) return;
  window.past.bring(found, { isNewest });
  if (isNewest) form.elements.name.value = found.name;
  window.say(document.querySelector(`template[data-rescued="${isNewest ? "back" : "undo"}"]`).content.textContent.trim());
}

function take() {
  const ours = Object.keys(localStorage).filter((name) => name.startsWith(desk()));
  const found = ours.sort().map((name) => JSON.parse(localStorage.getItem(name)));
  for (const name of ours) localStorage.removeItem(name);
  found.forEach(bring);
}

window.rescue = { put, forget, desk };
addEventListener("DOMContentLoaded", take);
