// What every page does: close a toast, and say it when the server cannot be heard.
const PATIENCE = 8000;

function toast(name) {
  const region = document.querySelector("#toasts");
  const words = document.querySelector(`template[data-toast="${name}"]`);
  if (!region || !words || region.querySelector(`[data-about="${name}"]`)) return;
  const said = words.content.firstElementChild.cloneNode(true);
  said.dataset.about = name;
  region.append(said);
}

// Good news goes by itself, unless somebody is reading it; trouble stays until it is closed.
function fade(said) {
  setTimeout(() => (said.matches(":hover, :focus-within") ? fade(said) : said.remove()), PATIENCE);
}

function watch() {
  for (const said of document.querySelectorAll('#toasts [data-level="success"]:not([data-seen])')) {
    said.dataset.seen = "";
    fade(said);
  }
}

// Good news of a page's own script, in the place of what it said last.
function say(words) {
  const region = document.querySelector("#toasts");
  const said = document.querySelector('template[data-toast="said"]').content.firstElementChild.cloneNode(true);
  said.querySelector("p").firstChild.replaceWith(words);
  said.dataset.about = "said";
  region.querySelector('[data-about="said"]')?.remove();
  region.append(said);
  watch();
}

document.addEventListener("click", ({ target }) => {
  target.closest("[data-close]")?.closest(".toast-line")?.remove();
});
document.addEventListener("DOMContentLoaded", watch);
document.addEventListener("htmx:load", watch);
document.addEventListener("htmx:sendError", () => toast("offline"));
document.addEventListener("htmx:timeout", () => toast("offline"));
document.addEventListener("htmx:responseError", ({ detail }) => {
  toast({ 401: "signed-out", 403: "denied" }[detail.xhr.status] ?? "broken");
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  for (const said of document.querySelectorAll('#toasts :is([data-about="offline"], [data-about="signed-out"])')) {
    said.remove();
  }
});

// Requests that follow something the person did keep them signed in; polls alone do not.
let acted = false;
for (const name of ["pointermove", "pointerdown", "wheel", "keydown", "input"]) {
  document.addEventListener(name, () => (acted = true), { capture: true, passive: true });
}
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (acted) detail.headers["X-Interaction"] = "1";
  acted = false;
});
