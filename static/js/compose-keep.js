// Nothing typed is lost: a lost connection is said and made good. Of leaving, see compose-leave.js.
// `window.keeping` is for that module: hashed file names rule out one module importing another.

const form = document.getElementById("compose");
const kept = document.getElementById("kept");
const fields = () => `${form.elements.name.value}\n${form.dataset.kind}\n${window.past.snapshot().fields}`;
const isLost = () => kept.dataset.level === "warning";
const state = { kept: fields(), sent: "", left: "", isLeaving: false, isAsked: false, isRefused: false, isBehind: false, heard: "", timer: 0, pending: 0 };
const again = () => isLost() && htmx.trigger(kept, "again");
// A request without an answer for so long is said: what the bar claimed before may not be true.
const PENDING_AFTER = 1500;

function showStatus(level, name) {
  kept.dataset.level = level;
  const words = document.querySelector(`template[data-lost="${name}"]`);
  const time = new Date().toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: words.dataset.zone });
  kept.replaceChildren(words.content.cloneNode(true));
  kept.querySelector("span").textContent = kept.textContent.replace("{time}", time);
}

function lost(why) {
  stopWaiting();
  clearTimeout(state.timer);
  state.timer = setTimeout(again, 3000);
  if (!isLost()) showStatus("warning", why);
}

// Typing on replaces the request, not the wait for an answer.
function startWaiting() {
  if (state.pending || isLost()) return;
  state.pending = setTimeout(() => showStatus("pending", "pending"), PENDING_AFTER);
}

function stopWaiting() {
  clearTimeout(state.pending);
  state.pending = 0;
}

// The bar says it: no toast on top of that, and none for what was not asked for by anybody.
function unheard(event) {
  const [id, isGone, isSaid] = [event.target.id, event.type !== "htmx:responseError", isLost()];
  if (id === "redraw") state.isBehind = true;
  if (id === "kept") lost(isGone ? "offline" : "broken");
  if (id === "kept") state.isRefused = !isGone && ![401, 500, 502, 503, 504].includes(event.detail.xhr.status);
  if (id === "here" || (["kept", "redraw"].includes(id) && !state.isAsked && (isGone || isSaid))) event.stopPropagation();
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, unheard, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target !== kept) return;
  if (state.isLeaving) return event.preventDefault();
  state.sent = fields();
  startWaiting();
});
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (target.id === "here" && detail.serverResponse === state.heard) detail.shouldSwap = false;
  if (target.id === "here") state.heard = detail.serverResponse;
  if (target !== kept || detail.isError) return;
  stopWaiting();
  if (isLost()) kept.dataset.level = "success";
  else delete kept.dataset.level;
  if (state.isBehind) htmx.trigger(form, "refresh");
  state.kept = state.sent;
  state.left = "";
  state.isRefused = false;
  state.isBehind = false;
});
document.addEventListener("htmx:afterSwap", ({ target }) => target === kept && fields() === state.kept && window.rescue.forget());
addEventListener("online", again);

window.keeping = { state, fields, isLost };
