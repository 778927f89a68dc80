// Files that were chosen, dropped or pasted go to the server one after the other.

const chooser = document.getElementById("picture-file");
const words = (name) => document.getElementById(name).content.cloneNode(true);
let asking = null;

function refuse(line, file) {
  line.append(words("picture-too-large"));
  const said = line.querySelector("span");
  said.textContent = said.textContent.replace("…", Math.ceil(file.size / 2 ** 20));
}

async function send(file, place) {
  const line = Object.assign(document.createElement("div"), { className: "picture-line" });
  line.dataset.file = file.name;
  line.dataset.rowKey = place.closest("[data-row]")?.dataset.key ?? "";
  place.querySelector("[data-said-here]").append(line);
  if (file.size > Number(chooser.dataset.most)) return refuse(line, file);
  line.append(words("picture-waiting"));
  const answer = { source: line, target: line, swap: "innerHTML", values: { file } };
  await htmx.ajax("POST", chooser.dataset.url, answer).catch(() => {});
  line.querySelector(".picture-waiting")?.remove();
}

async function take(files, place) {
  place.querySelector("[data-said-here]").replaceChildren();
  for (const file of "many" in place.dataset ? files : files.slice(0, 1)) await send(file, place);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-upload]");
  if (!button) return;
  asking = button.closest("[data-picture]") ?? document.querySelector("[data-many]");
  chooser.multiple = "many" in asking.dataset;
  chooser.value = "";
  chooser.click();
});
chooser.addEventListener("change", () => take([...chooser.files], asking));
document.addEventListener("files", ({ target, detail }) => take(detail, target));
document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const bar = target.querySelector(".picture-waiting progress");
  if (bar && detail.lengthComputable) Object.assign(bar, { max: detail.total, value: detail.loaded });
});
