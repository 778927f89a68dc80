// A dark page begins with a dark phone. What a person then picks stands, and says so to the server.

const dark = document.querySelector('input[name="look"][value="dark"]');

if (dark && !dark.closest("[data-picked]") && document.documentElement.dataset.scheme === "dark") {
  dark.checked = true;
  for (const phone of document.querySelectorAll("#preview .phone")) phone.dataset.look = "dark";
}
