// Light, dark, or as the system has it. Runs before the first paint, so that nothing flashes.
const root = document.documentElement;
const night = matchMedia("(prefers-color-scheme: dark)");

// Django's admin keeps its choice in the same place, and calls the system's “auto”.
function chosen() {
  const theme = localStorage.getItem("theme");
  return ["light", "dark"].includes(theme) ? theme : "system";
}

function show() {
  const theme = chosen();
  root.dataset.scheme = theme === "system" ? (night.matches ? "dark" : "light") : theme;
  for (const button of document.querySelectorAll("[data-theme]")) {
    button.setAttribute("aria-pressed", button.dataset.theme === theme);
  }
}

show();
night.addEventListener("change", show);
addEventListener("storage", show);
document.addEventListener("DOMContentLoaded", show);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-theme]");
  if (!button) return;
  localStorage.setItem("theme", button.dataset.theme);
  show();
});
