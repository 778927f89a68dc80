// On a phone-sized screen the form and the preview take turns.

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-pane]");
  if (!button) return;
  const form = document.getElementById("compose");
  const isShown = form.dataset.pane === "preview";
  if (isShown) delete form.dataset.pane;
  else form.dataset.pane = "preview";
  button.setAttribute("aria-expanded", String(!isShown));
  window.scrollTo(0, 0);
});
