// What was sent is not typed text any more: this browser forgets it, as the server did.

for (const { dataset } of document.querySelectorAll("[data-forget-draft]")) {
  sessionStorage.removeItem(`history:${dataset.forgetDraft}`);
  const rescued = `rescue:${dataset.person}:${dataset.forgetDraft}:${dataset.kind}:`;
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(rescued))) localStorage.removeItem(name);
}
