// Puts what came with the preview beside fields and tabs: counters and verdicts.

function live() {
  const data = document.getElementById("live");
  return data ? JSON.parse(data.textContent) : { counters: {}, verdicts: {} };
}

function count(counters) {
  for (const place of document.querySelectorAll("[data-counter]")) {
    const { count, max, unit, state } = counters[place.dataset.counter] ?? {};
    const number = new Intl.NumberFormat(document.documentElement.lang);
    place.textContent = !count ? "" : max ? `${number.format(count)}/${number.format(max)}` : number.format(count);
    place.dataset.state = state ?? "";
    place.title = unit ?? "";
  }
}

function judge(verdicts) {
  for (const place of document.querySelectorAll("[data-verdict-of]")) {
    const shown = document.querySelector(`template[data-verdict="${verdicts[place.dataset.verdictOf]}"]`);
    place.replaceChildren(...(shown ? [shown.content.cloneNode(true)] : []));
  }
}

function show() {
  const { counters, verdicts } = live();
  count(counters);
  judge(verdicts);
  const worst = document.querySelector(".notices .notice-line");
  const gist = document.querySelector("[data-gist]");
  if (gist && worst) gist.replaceChildren(...worst.cloneNode(true).childNodes);
}

// A choice that arrives by itself (whose values to show) changes the picture too.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.dataset?.then) htmx.trigger("#compose", event.target.dataset.then);
});
document.addEventListener("htmx:afterSwap", show);
document.addEventListener("htmx:oobAfterSwap", show);
show();
