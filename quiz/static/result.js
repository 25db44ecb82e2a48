// The result page: keep changed answers in this tab, follow a dot to its statement, print, share, clear.
import { Memory, toFragment } from "./memory.js";

const form = document.getElementById("answers");
const memory = new Memory(form);
const said = document.getElementById("kept");
document.documentElement.classList.add("js");
memory.save();
form.addEventListener("change", () => memory.save());

function reveal(target) {
  for (let parent = target?.parentElement; parent; parent = parent.parentElement) {
    if (parent.matches("details")) parent.open = true;
  }
  target?.scrollIntoView({ block: "start" });
}

window.addEventListener("hashchange", () => reveal(document.getElementById(decodeURIComponent(location.hash.slice(1)))));

// A dot stands for a row below it: the rows stand in the same order as the dots.
const ORDER = { same: "same", half: "half", opposite: "opposite" };
for (const outcome of document.querySelectorAll(".outcome")) {
  const row = outcome.querySelector(".dots");
  row?.addEventListener("click", (event) => {
    const use = event.target.closest("use");
    const kind = ORDER[use?.getAttribute("href").slice(1).replace("-2", "")];
    const group = kind && outcome.querySelector(`ul[data-kind="${kind}"]`);
    if (!group) return;
    const peers = [...row.querySelectorAll("use")].filter((dot) => dot.getAttribute("href").slice(1).startsWith(kind));
    reveal(group.children[Math.min(peers.indexOf(use), group.children.length - 1)]);
  });
}

const actions = {
  print() {
    window.print();
  },
  async share() {
    const address = new URL(form.dataset.quizPage, location.href);
    address.hash = toFragment(memory.read());
    try {
      await navigator.clipboard.writeText(address.href);
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = address.href;
    }
  },
  clear(button) {
    memory.clear();
    location.replace(button.dataset.home);
  },
};
for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => actions[button.dataset.action](button));
}
