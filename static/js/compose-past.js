// What the compose page is now, and was before each step.
// `window.past` is for the other modules: hashed file names rule out one module importing another.

const form = () => document.getElementById("compose");
const { KEY, read, fill } = window.values;
const { steps, keep } = window.pile;

function snapshot() {
  const values = [...read()];
  const some = (isKey) => JSON.stringify(values.filter(([name]) => name.endsWith(KEY) === isKey));
  return { kind: form().dataset.kind, fields: some(false), keys: some(true) };
}

const values = ({ fields, keys }) => new Map([...JSON.parse(fields), ...JSON.parse(keys)]);

// From here on undo leads back to what was before.
function step() {
  if (steps.past.at(-1)?.fields !== steps.now.fields) steps.past.push(steps.now);
  steps.future.length = 0;
}

function settle() {
  steps.now = snapshot();
  keep();
}

// What was found elsewhere takes the place of what is here, or waits one step back.
function bring(entry, { isNewest }) {
  if (!isNewest) return steps.past.push(entry) && keep();
  step();
  fill(values(entry));
  settle();
  htmx.trigger(form(), "refresh");
  return document.body.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail: {} }));
}

// After a reload the rows are known again by their keys, and stay folded; from anything else, as
// from a fresh start, undo leads back to what was here.
const found = snapshot();
const isReloaded = steps.now?.kind === found.kind && steps.now.fields === found.fields;
if (isReloaded) fill(values(steps.now));
else if (steps.now) step();
settle();

window.past = { isReloaded, steps, snapshot, values, keep, step, settle, bring };
