// Pressing in the preview shows what would happen; nothing is opened and nobody is rung.

function bubble(phone, text) {
  phone.querySelector(".phone-mine")?.remove();
  if (!text) return;
  const mine = Object.assign(document.createElement("div"), { className: "phone-mine", textContent: text });
  phone.querySelector(".phone-body").append(mine);
  mine.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const press = event.target.closest("[data-says], [data-opens], [data-rings]");
  const phone = press?.closest(".phone");
  if (!phone) return;
  const { says, opens, rings } = press.dataset;
  for (const other of phone.querySelectorAll("[data-pressed]")) delete other.dataset.pressed;
  press.dataset.pressed = "";
  bubble(phone, says);
  const said = document.querySelector("[data-said]");
  const words = document.querySelector(`template[data-tap="${says ? "says" : opens ? "opens" : rings ? "rings" : "nothing"}"]`);
  if (said && words) said.textContent = words.content.textContent.replace("…", says || opens || rings || "");
});
