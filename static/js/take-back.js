// Counts down the seconds in which what was just sent can be taken back, and then clears away.
const form = document.querySelector("#take-back");

function count(end) {
  const left = Math.ceil((end - performance.now()) / 1000);
  if (left > 0) {
    form.querySelector("[data-countdown]").textContent = left;
    return setTimeout(count, 200, end);
  }
  const wasHere = form.contains(document.activeElement);
  form.remove();
  if (wasHere) document.querySelector("#do-pause")?.focus();
}

if (form) count(performance.now() + form.dataset.left * 1000);
