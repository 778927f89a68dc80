// Puts what came with the preview beside fields and tabs: counters, verdicts, missing values.

function live() {
  const data = document.getElementById("live");
  return data ? JSON.parse(data.textContent) : { channel: "", counts: {}, states: {}, units: {}, verdicts: {} };
}

const meaning = (unit) => document.querySelector(`template[data-unit="${unit}"]`)?.content.textContent ?? "";

// Most fields have not changed since the last key: what is there already is left alone.
function write(place, text, state, unit) {
  if (place.textContent !== text) place.textContent = text;
  if ((place.dataset.state ?? "") !== state) place.dataset.state = state;
  if ((place.dataset.unit ?? "") === unit) return;
  place.dataset.unit = unit;
  place.title = meaning(unit);
}

function count({ counts, states, units }) {
  for (const place of document.getElementById("fields").querySelectorAll("[data-counter]")) {
    const name = place.dataset.counter;
    write(place, counts[name] ?? "", states[name] ?? "", units[name] ?? "");
  }
}

function judge(verdicts) {
  for (const place of document.querySelectorAll("[data-verdict-of]")) {
    const verdict = verdicts[place.dataset.verdictOf] ?? "";
    if (place.dataset.shown === verdict) continue;
    const shown = document.querySelector(`template[data-verdict="${verdict}"]`);
    place.replaceChildren(...(shown ? [shown.content.cloneNode(true)] : []));
    place.dataset.shown = verdict;
  }
}

// How many contacts lack a value is asked once the set of placeholders stands still.
const asking = { key: "", timer: 0, delay: 600 };
function lack({ channel, required = "" }) {
  const place = document.getElementById("missing");
  const key = `names=${encodeURIComponent(required)}&channel=${channel}`;
  if (!place || key === asking.key) return;
  asking.key = key;
  clearTimeout(asking.timer);
  if (!required) return place.replaceChildren();
  asking.timer = setTimeout(() => htmx.ajax("GET", `${place.dataset.at}?${key}`, { source: place, target: place, swap: "innerHTML" }), asking.delay);
}

// By `:has()` the style of the whole form would be found anew with every key.
function mark(form, channel) {
  if (form.dataset.shown !== channel) form.dataset.shown = channel;
}

function show() {
  const shown = live();
  mark(document.getElementById("compose"), shown.channel);
  count(shown);
  judge(shown.verdicts);
  lack(shown);
  const worst = document.querySelector(".notices .notice-line");
  const gist = document.querySelector("[data-gist]");
  if (gist && worst && gist.textContent !== worst.textContent) gist.replaceChildren(...worst.cloneNode(true).childNodes);
}

// A choice that arrives by itself (whose values to show) changes the picture too.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.dataset?.then) htmx.trigger("#compose", event.target.dataset.then);
});
document.addEventListener("htmx:afterSwap", show);
document.addEventListener("htmx:oobAfterSwap", show);
document.addEventListener("filled", show);
show();
