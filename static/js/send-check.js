// The check step: the address follows what was chosen, so that a reload brings it back.

// What is asked anew each time: who presses, how many, and what has to be meant.
const ASKED_ANEW = new Set(["csrfmiddlewaretoken", "press", "count", "typed", "again", "override", "override_reason", "reason"]);

function keep(form) {
  const url = new URL(form.dataset.keptAt, location.origin);
  for (const [name, value] of new FormData(form)) {
    if (value && !ASKED_ANEW.has(name)) url.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", url);
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-kept-at]");
  if (form) keep(form);
});

// The examples are drawn with what missing values become.
document.addEventListener("change", ({ target }) => {
  if (target.closest("#blanks")) document.body.dispatchEvent(new Event("blanks"));
});

// Send was refused: a reload shows this step again and sends nothing.
const form = document.querySelector("[data-kept-at]");
if (form && new URL(form.dataset.keptAt, location.origin).pathname !== location.pathname) keep(form);
