// Every key sends the whole form and changes what is different in the picture. htmx would look at
// eight hundred elements of the form one by one, and have the page laid out before it may read them;
// idiomorph would look into every card that is the same as before.

const PRESSED = /^(button|submit|reset|file)$/;
const TICKED = /^(checkbox|radio)$/;
const isSaid = ({ name, value, type, checked, disabled }) =>
  name && value && !disabled && !PRESSED.test(type) && (checked || !TICKED.test(type));
const isOther = (there, drawn) => !there.isEqualNode(drawn);

const morph = (place, drawn, morphStyle) =>
  Idiomorph.morph(place, drawn, { morphStyle, callbacks: { beforeNodeMorphed: isOther } });

// The picture comes first, while the server still finds out what each channel makes of it.
function drawEarly({ target: xhr }) {
  const end = xhr.readyState === XMLHttpRequest.LOADING ? xhr.responseText.indexOf("<!--drawn-->") : -1;
  if (end < 0) return;
  xhr.removeEventListener("readystatechange", drawEarly);
  const sent = document.createElement("template");
  sent.innerHTML = xhr.responseText.slice(0, end);
  morph(document.getElementById("preview").firstElementChild, sent.content.firstElementChild, "outerHTML");
}

htmx.defineExtension("redraw", {
  onEvent(name, { detail }) {
    if (name === "htmx:beforeSend") detail.xhr.addEventListener("readystatechange", drawEarly);
  },
  encodeParameters() {
    const said = [...document.getElementById("compose").elements].filter(isSaid);
    const data = new URLSearchParams(said.map(({ name, value }) => [name, value]));
    if (window.token()) data.set("csrfmiddlewaretoken", window.token());
    return data.toString();
  },
  handleSwap(style, target, fragment) {
    if (style !== "redraw") return false;
    return morph(target, fragment.children, "innerHTML");
  },
});
