// Undo and redo over everything: typing in bursts, rows, fixes, changes of kind.

const { steps, values, keep, step, settle } = window.past;
const BURST = 800;
const form = () => document.getElementById("compose");
let typed = 0;

function changed(before, after) {
  const name = [...after.keys()].find((each) => !/_FORMS$|-__key$/.test(each) && before.get(each) !== after.get(each));
  return document.querySelector(`#fields [name="${CSS.escape(name ?? "")}"]`);
}

// Who is writing goes on where the change was; who presses the button stays on it.
function go(field, title) {
  const label = field?.closest(".field, .option-part")?.querySelector("label")?.textContent;
  window.go.announce(label ? `${title}: ${label}` : title);
  if (!field) return;
  const isWriting = document.activeElement.closest("#fields") || document.activeElement === document.body;
  const place = field.closest("details:not([open])")?.querySelector("summary") ?? field; // A fold stays.
  if (isWriting) place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

async function show(entry, title) {
  if (entry.kind !== form().dataset.kind) return window.kind.change(entry.kind, entry);
  const [before, after] = [window.values.read(), values(entry)];
  window.values.fill(after);
  htmx.trigger(form(), "refresh"); // First: the focus lays the page out, and the server draws meanwhile.
  go(changed(before, after), title);
  return true;
}

async function travel(way, title) {
  const [from, to] = way === "undo" ? [steps.past, steps.future] : [steps.future, steps.past];
  const entry = from.at(-1);
  typed = 0;
  if (!entry || !(await show(entry, title))) return;
  from.splice(from.lastIndexOf(entry), 1);
  to.push(steps.now);
  settle();
  document.body.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail: {} }));
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("#fields")) return;
  if (event.detail === "step" || Date.now() - typed > BURST) step();
  typed = Date.now();
  settle();
});
document.addEventListener("edited", () => (typed = 0));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-history]");
  if (button) window.turn.take(() => travel(button.dataset.history, button.title));
});
keep();
