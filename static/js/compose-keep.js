// Nothing typed is lost: leaving keeps the draft, a lost connection is said and made good.

const form = document.getElementById("compose");
const kept = document.getElementById("kept");
const fields = () => `${form.elements.name.value}\n${form.dataset.kind}\n${window.past.snapshot().fields}`;
const isLost = () => kept.dataset.level === "warning";
const state = { kept: fields(), sent: "", isLeaving: false, isBehind: false, heard: "", timer: 0 };
function leave() {
  if (state.isLeaving || fields() === state.kept) return;
  const data = new FormData(form);
  data.set("csrfmiddlewaretoken", window.token() ?? data.get("csrfmiddlewaretoken"));
  const isSent = navigator.onLine && navigator.sendBeacon(kept.getAttribute("hx-post"), data);
  if (isSent && !isLost()) state.kept = fields();
  else window.rescue.put(); // Browsers send 64 kB on leaving, and nothing where there is no connection.
}
const again = () => isLost() && htmx.trigger(kept, "again");
function lost(why) {
  clearTimeout(state.timer);
  state.timer = setTimeout(again, 3000);
  if (isLost()) return;
  kept.dataset.level = "warning";
  const words = document.querySelector(`template[data-lost="${why}"]`);
  const time = new Date().toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: words.dataset.zone });
  kept.replaceChildren(words.content.cloneNode(true));
  kept.querySelector("span").textContent = kept.textContent.replace("{time}", time);
}

// The bar says it: no toast on top of that, and none for what was not asked for by anybody.
function unheard(event) {
  const [id, isGone, isSaid] = [event.target.id, event.type !== "htmx:responseError", isLost()];
  if (id === "redraw") state.isBehind = true;
  if (id === "kept") lost(isGone ? "offline" : "broken");
  if (id === "here" || (["kept", "redraw"].includes(id) && (isGone || isSaid))) event.stopPropagation();
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, unheard, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target === kept && state.isLeaving) event.preventDefault();
  if (event.target === kept) state.sent = fields();
});
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (target.id === "here" && detail.serverResponse === state.heard) detail.shouldSwap = false;
  if (target.id === "here") state.heard = detail.serverResponse;
  if (target !== kept || detail.isError) return;
  if (isLost()) kept.dataset.level = "success";
  if (state.isBehind) htmx.trigger(form, "refresh");
  state.kept = state.sent;
  state.isBehind = false;
});
document.addEventListener("htmx:afterSwap", ({ target }) => target === kept && window.rescue.forget());
document.addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
  if (defaultPrevented || (submitter?.formMethod || target.method) === "dialog") return;
  if (!target.closest("#compose, #paste")) leave();
  state.isLeaving = true; // What a form posts is in the server's hands, and a later draft would hide it.
});
document.addEventListener("visibilitychange", () => document.hidden && leave());
addEventListener("beforeunload", (event) => (leave(), isLost() && !state.isLeaving && event.preventDefault()));
addEventListener("pagehide", leave);
addEventListener("pageshow", () => (state.isLeaving = false));
addEventListener("online", again);
