// A pasted message takes the place of this one; text that is none stays in the dialog, with the reason.

const dialog = document.getElementById("paste");
const said = document.getElementById("paste-said");

async function paste(form) {
  const text = form.querySelector("textarea");
  said.replaceChildren();
  if (!dialog.open || !(await window.kind.ask(form.action, { json: text.value }))) return;
  text.value = "";
  dialog.close();
  window.kind.settle();
}

dialog.addEventListener("submit", (event) => {
  if (event.submitter?.formMethod === "dialog") return;
  event.preventDefault();
  window.turn.take(() => paste(event.target));
});
