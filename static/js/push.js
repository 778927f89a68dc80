// A broadcast's page: dialogs, fragments that leave a person who types alone, news for those who listen.
document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (target.closest("[data-closes]")) target.closest("dialog").close();
});

// A panel in which somebody is typing, choosing or being asked is not drawn anew.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  const isBusy = elt.contains(document.activeElement) || elt.querySelector("dialog[open]");
  if (elt.matches("[data-calm]") && isBusy) event.preventDefault();
});

// The same words are not said twice.
function announce() {
  const said = document.querySelector("[data-said]")?.dataset.said;
  const announcer = document.querySelector("[data-announcer]");
  if (said && announcer && announcer.textContent !== said) announcer.textContent = said;
}

document.addEventListener("htmx:load", announce);

// What somebody opened stays open, scrolled and held as it was, when its panel is drawn anew.
let opened = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  opened = [...detail.target.querySelectorAll("details[open][id]")].map((details) => ({
    id: details.id,
    scrolled: details.querySelector(".table-scroll")?.scrollTop ?? 0,
    held: details.contains(document.activeElement) ? document.activeElement.id : "",
  }));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { id, scrolled, held } of opened.splice(0)) {
    const details = document.getElementById(id);
    if (!details) continue;
    details.open = true;
    details.querySelector(".table-scroll")?.scrollTo(0, scrolled);
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  }
});
