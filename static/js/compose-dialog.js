// A button opens the dialog that it names.

document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-dialog]")?.dataset.dialog;
  if (name) document.getElementById(name).showModal();
});
