// A folded card says in one line what is in it; it stays folded wherever it moves.
// A long message comes with its cards folded.

const { isReloaded, steps, keep } = window.past;
const { rows, set } = window.lists;
const MOST = 200;
const WORDS = "textarea, input[type=text]:not([inputmode])";
const folds = () => document.querySelectorAll("#fields [data-row] > details[data-fold]");

function sum(fold) {
  const words = [...fold.querySelectorAll(WORDS)].map((field) => field.value.trim()).filter(Boolean);
  const list = fold.querySelector("[data-rows]");
  set(fold.querySelector("[data-sum]"), "textContent", words.slice(0, 2).join("　"));
  set(fold.querySelector("[data-sum-count]"), "textContent", list ? `${list.dataset.label} ${rows(list).length}` : "");
  const [there, line] = [fold.querySelector("[data-thumb]"), fold.querySelector("[data-sum-thumb]")];
  set(line, "hidden", !there?.naturalWidth || there.hidden);
  if (!line.hidden) set(line, "src", there.src);
}

function show() {
  for (const fold of folds()) {
    const isOpen = !steps.folded.includes(fold.parentElement.dataset.key);
    set(fold, "open", isOpen);
    if (!isOpen) sum(fold);
  }
}

document.addEventListener("toggle", ({ target }) => {
  const key = target.matches?.("[data-fold]") && target.parentElement.dataset.key;
  if (!key) return;
  const others = steps.folded.filter((each) => each !== key);
  steps.folded = target.open ? others : [...others, key].slice(-MOST);
  if (!target.open) sum(target);
  keep();
}, true);
document.addEventListener("load", ({ target }) => {
  const fold = target.matches?.("[data-thumb]") && target.closest("[data-fold]:not([open])");
  if (fold) sum(fold);
}, true);
document.addEventListener("filled", show);
// What was folded before stays so where undo, or what this browser had rescued, leads back to it.
const closed = [...folds()].filter((fold) => !fold.open).map((fold) => fold.parentElement.dataset.key);
if (!isReloaded) steps.folded = [...steps.folded, ...closed].slice(-MOST);
show();
