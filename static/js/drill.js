// The drill inbox: the newest message stays in sight, and nothing is asked while nobody looks.

function follow(root) {
  for (const body of root.querySelectorAll("[data-follow]")) body.scrollTop = body.scrollHeight;
}

document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id === "phone") follow(document);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "news" && document.hidden) event.preventDefault();
});
follow(document);
addEventListener("load", () => follow(document));
