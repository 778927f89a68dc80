// Keeps the browser's autofill away from the message. Chromium reads a form of up to 200 fields
// anew with every key, and tells its other process all of them: 8 ms for the largest carousel.
// A form with more it leaves alone; these are never seen, never reached and never sent.

const MOST = 200;
const spare = document.createElement("fieldset");
spare.hidden = true;
spare.disabled = true;
spare.append(...Array.from({ length: MOST + 1 }, () => document.createElement("input")));
document.getElementById("compose").append(spare);
