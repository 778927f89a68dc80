// Copies by one press what stands in a box, and says so on the button.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
  const words = button.querySelector("[data-copied]");
  words.textContent = words.dataset.copied;
});
