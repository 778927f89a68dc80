// A pasted message takes the place of this one; text that is none stays in the dialog, with the reason.

const dialog = document.getElementById("paste");
const said = document.getElementById("paste-said");

dialog.addEventListener("submit", async (event) => {
  if (event.submitter?.formMethod === "dialog") return;
  event.preventDefault();
  said.replaceChildren();
  const text = dialog.querySelector("textarea");
  if (!(await window.kind.ask(event.target.action, { json: text.value }))) return;
  text.value = "";
  dialog.close();
  window.kind.settle();
});
