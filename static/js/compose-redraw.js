// Every key sends the whole form and changes what is different in the picture. htmx would look at
// eight hundred elements of the form one by one, and have the page laid out before it may read them;
// idiomorph would look into every card that is the same as before.

const PRESSED = /^(button|submit|reset|file)$/;
const TICKED = /^(checkbox|radio)$/;
const isSaid = ({ name, value, type, checked, disabled }) =>
  name && value && !disabled && !PRESSED.test(type) && (checked || !TICKED.test(type));
// The whole form by its names; what is empty goes without saying.
const said = () => Object.fromEntries([...document.getElementById("compose").elements].filter(isSaid).map(({ name, value }) => [name, value]));
const isOther = (there, drawn) => !there.isEqualNode(drawn);

const morph = (place, drawn, morphStyle) =>
  Idiomorph.morph(place, drawn, { morphStyle, callbacks: { beforeNodeMorphed: isOther } });

function parsed(text) {
  const sent = document.createElement("template");
  sent.innerHTML = text;
  return sent.content;
}

// A card may be drawn while the whole message is on its way: a picture asked for earlier is late.
const order = { asked: 0, shown: 0, whole: 0 };
const ask = () => (order.asked += 1);
const isLate = (asked) => asked < order.shown;

function draw(asked, place, drawn) {
  if (!place || !drawn || isLate(asked)) return;
  order.shown = asked;
  morph(place, drawn, "outerHTML");
}

// The picture comes first, while the server still finds out what each channel makes of it.
function drawEarly({ target: xhr }) {
  const end = xhr.readyState === XMLHttpRequest.LOADING ? xhr.responseText.indexOf("<!--drawn-->") : -1;
  if (end < 0) return;
  xhr.removeEventListener("readystatechange", drawEarly);
  const drawn = parsed(xhr.responseText.slice(0, end)).firstElementChild;
  draw(order.whole, document.getElementById("preview").firstElementChild, drawn);
}

htmx.defineExtension("redraw", {
  onEvent(name, { detail }) {
    if (name !== "htmx:beforeSend") return;
    order.whole = ask();
    detail.xhr.addEventListener("readystatechange", drawEarly);
  },
  encodeParameters() {
    const data = new URLSearchParams(said());
    if (window.token()) data.set("csrfmiddlewaretoken", window.token());
    return data.toString();
  },
  handleSwap(style, target, fragment) {
    if (style !== "redraw") return false;
    if (isLate(order.whole)) fragment.firstElementChild.replaceWith(target.firstElementChild.cloneNode(true));
    return morph(target, fragment.children, "innerHTML");
  },
});
window.redraw = { isSaid, said, parsed, ask, draw };
