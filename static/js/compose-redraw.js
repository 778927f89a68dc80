// Every key sends the whole form and changes what is different in the picture. Both are left to the
// browser where it can: htmx would look at eight hundred elements of the form one by one before it
// sends, and idiomorph into every card that is the same as before.

const isOther = (there, drawn) => !there.isEqualNode(drawn);

htmx.defineExtension("redraw", {
  encodeParameters() {
    const data = new FormData(document.getElementById("compose"));
    if (window.token()) data.set("csrfmiddlewaretoken", window.token());
    return new URLSearchParams([...data].filter(([, value]) => value)).toString();
  },
  handleSwap(style, target, fragment) {
    if (style !== "redraw") return false;
    return Idiomorph.morph(target, fragment.children, { morphStyle: "innerHTML", callbacks: { beforeNodeMorphed: isOther } });
  },
});
