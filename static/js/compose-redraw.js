// Every key sends the whole form and changes what is different in the picture. htmx would look at
// eight hundred elements of the form one by one, and have the page laid out before it may read them;
// idiomorph would look into every card that is the same as before.

const PRESSED = /^(button|submit|reset|file)$/;
const TICKED = /^(checkbox|radio)$/;
const isSaid = ({ name, value, type, checked, disabled }) =>
  name && value && !disabled && !PRESSED.test(type) && (checked || !TICKED.test(type));
const isOther = (there, drawn) => !there.isEqualNode(drawn);

htmx.defineExtension("redraw", {
  encodeParameters() {
    const said = [...document.getElementById("compose").elements].filter(isSaid);
    const data = new URLSearchParams(said.map(({ name, value }) => [name, value]));
    if (window.token()) data.set("csrfmiddlewaretoken", window.token());
    return data.toString();
  },
  handleSwap(style, target, fragment) {
    if (style !== "redraw") return false;
    return Idiomorph.morph(target, fragment.children, { morphStyle: "innerHTML", callbacks: { beforeNodeMorphed: isOther } });
  },
});
