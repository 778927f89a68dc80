// Leaving loses nothing: what the server is not known to have waits in this browser.

const form = document.getElementById("compose");
const kept = document.getElementById("kept");
const { state, fields, isLost } = window.keeping;
// Tabs of one desk share its draft: it is what was kept last, in whichever of them.
const tabs = new BroadcastChannel("drafts");
let hasKept = false;
let isElsewhere = false;

// A beacon is not answered: whoever has been signed out sends it in vain.
function leave() {
  const here = fields();
  if (isElsewhere && here === state.kept && !state.isLeaving) window.rescue.put();
  if (here === state.kept || here === state.left) return;
  state.left = here;
  window.rescue.put();
  if (state.isLeaving) return; // What a form posts is in the server's hands, and a later draft would hide it.
  const data = new FormData(form);
  data.set("csrfmiddlewaretoken", window.token() ?? data.get("csrfmiddlewaretoken"));
  navigator.sendBeacon(kept.getAttribute("hx-post"), data);
}

// The page stays unless the server has the draft: whatever becomes of what is sent, sign-in leads
// back to it. Why a draft is refused, as of a template that is gone, the answer to the form says.
async function keepFirst(event) {
  event.preventDefault();
  if (state.isAsked) return;
  state.isAsked = true;
  const asked = { source: kept, target: kept, swap: "innerHTML" };
  await htmx.ajax("POST", kept.getAttribute("hx-post"), asked).catch(() => {});
  state.isAsked = false;
  if (!isLost() || state.isRefused) form.requestSubmit(event.submitter);
}

document.addEventListener("submit", (event) => {
  const { target, submitter, defaultPrevented } = event;
  if (defaultPrevented || (submitter?.formMethod || target.method) === "dialog") return;
  if (target === form && fields() !== state.kept && !state.isRefused) return keepFirst(event);
  state.isLeaving = target === form;
  leave();
  state.isLeaving = true;
});
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target !== kept) return;
  [hasKept, isElsewhere] = [true, false];
  tabs.postMessage(window.rescue.desk());
});
tabs.addEventListener("message", ({ data }) => (isElsewhere ||= hasKept && data === window.rescue.desk()));
document.addEventListener("visibilitychange", () => document.hidden && leave());
addEventListener("beforeunload", (event) => (leave(), isLost() && !state.isLeaving && event.preventDefault()));
addEventListener("pagehide", leave);
addEventListener("pageshow", () => (state.isLeaving = false));
