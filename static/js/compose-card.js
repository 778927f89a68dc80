// The card in hand is drawn first, as a message of this one card: a tenth of the form leaves, a
// tenth of the picture comes back. The whole message is asked for right after.

const { isSaid, parsed, ask, draw } = window.redraw;
const form = document.getElementById("compose");
const preview = document.getElementById("preview");
const address = () => document.getElementById("redraw").dataset.card;
const state = { row: null, isAsked: false, isNext: false };

// Where the picture has the row; nowhere if the channel draws no cards, or several phones are drawn.
function place(row) {
  const [cards, others] = preview.querySelectorAll(".phone-cards");
  if (!cards || others || !row?.isConnected) return undefined;
  const rows = [...row.parentElement.querySelectorAll(":scope > [data-row]")];
  return rows.length === cards.children.length ? cards.children[rows.indexOf(row)] : undefined;
}

// The row's fields as those of a first row, and what the picture is drawn for.
function fields(row) {
  const [name, list] = [row.dataset.row, row.parentElement.dataset.rows];
  const own = [...row.querySelectorAll("input, textarea, select")].filter(isSaid);
  const data = new URLSearchParams(own.map((field) => [field.name.replace(name, `${list}-0`), field.value]));
  data.set(`${list}-TOTAL_FORMS`, "1");
  for (const chosen of ["channel", "values", "csrfmiddlewaretoken"]) data.set(chosen, form.elements[chosen]?.value ?? "");
  if (window.token()) data.set("csrfmiddlewaretoken", window.token());
  return data;
}

// What goes wrong here goes wrong with the whole message too, which says so.
function send() {
  const [row, asked, xhr] = [state.row, ask(), new XMLHttpRequest()];
  state.isAsked = true;
  state.isNext = false;
  xhr.addEventListener("loadend", () => {
    state.isAsked = false;
    if (xhr.status === 200) draw(asked, place(row), parsed(xhr.responseText).querySelector(".phone-cards > *"));
    if (state.isNext && place(state.row)) send();
    else setTimeout(whole);
  });
  xhr.open("POST", address());
  xhr.send(fields(row));
}

// Not before the screen has the card, and not while a later one is on its way.
const whole = () => state.isAsked || htmx.trigger(form, "refresh");

form.addEventListener("input", ({ target }) => {
  state.row = target.closest(".rows:not([data-rows*='-']) > [data-row]");
  if (!place(state.row)) htmx.trigger(form, "refresh");
  else if (state.isAsked) state.isNext = true;
  else send();
});
