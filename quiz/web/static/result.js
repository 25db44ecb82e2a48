// The result page: unfold a party, change an answer, compare, print, share, clear.
import { Memory, fromForm, isEmpty, toBody, toFragment } from "./memory.js";
import { askForPage } from "./connection.js";
import { unfold } from "./positions.js";

const form = document.getElementById("answers");
const memory = new Memory(form);
const words = Object.fromEntries(
  [...document.getElementById("words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const page = document.documentElement;
page.classList.add("js");
memory.save();

// A result that a form was sent for is looked at under its own address, so that Back and reload work.
// What the server says of changed words stays in sight.
const sentByForm = !document.getElementById("shell");
if (sentByForm && !isEmpty(memory.own()) && !document.querySelector(".notice")) location.replace(form.action);

// What is asked for by its address (#compare, #yours.ID) is unfolded.
function reveal(target) {
  for (let part = target; part; part = part.parentElement) if (part.matches("details")) part.open = true;
  target?.scrollIntoView({ block: "start" });
}
const followHash = () => location.hash && reveal(document.getElementById(decodeURIComponent(location.hash.slice(1))));
window.addEventListener("hashchange", followHash);
followHash();

document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.parentElement.matches(".outcome")) unfold(target, form, words);
}, true);

// Answers that change: the server makes the page again, and its parts take the place of these.
const ids = [...form.querySelectorAll(".answered")].map((fieldset) => fieldset.id.slice("yours.".length));
const { signal } = new AbortController(); // a page that is put aside goes on when it comes back
// With the answers that do not count, so that the page goes on saying so.
function everything() {
  const made = fromForm(form);
  const answers = { ...memory.read().answers, ...made.answers };
  return [{ ...made, answers }, [...new Set([...ids, ...Object.keys(answers)])]];
}
async function fetchResult(extra) {
  const sent = () => {
    const body = toBody(...everything());
    for (const [name, value] of extra) body.append(name, value);
    return body;
  };
  page.classList.add("working");
  try {
    return await askForPage(form.action, sent, signal, () => tell(words.offline));
  } finally {
    page.classList.remove("working");
  }
}
const nameOf = (details) => details.id || details.closest(".outcome")?.id || details.firstElementChild.textContent;
// What was unfolded stays so; a party's row then fetches its positions, beside the answers of now.
function take(from, ...ids) {
  for (const id of ids) {
    const [old, made] = [document.getElementById(id), from.getElementById(id)];
    if (!old || !made) continue;
    const open = new Set([...old.querySelectorAll("details[open]:not(.positions *)")].map(nameOf));
    const all = old.querySelector("ol.outcomes.all");
    old.replaceChildren(...document.importNode(made, true).childNodes);
    for (const details of old.querySelectorAll("details")) details.open = open.has(nameOf(details));
    if (all) showAll();
  }
}

const places = () => new Map(
  [...document.querySelectorAll("#result .outcome")].map((row) => [row.id, [row.querySelector(".name").textContent, Number(row.dataset.rank)]]),
);
const MOST_NAMED = 3;
// A Latin name in a sentence that is written from the right would draw the number after it along.
const isolated = (name) => (page.dir === "rtl" ? `\u2068${name}\u2069` : name);
function moves(before, after) {
  const moved = [...after].map(([id, [name, to]]) => ({ name, from: before.get(id)[1], to })).filter(({ from, to }) => from !== to);
  const size = ({ from, to }) => Math.abs((from || after.size) - (to || after.size));
  moved.sort((one, other) => size(other) - size(one) || one.name.localeCompare(other.name, page.lang));
  if (!moved.length) return words["same-order"];
  const named = moved.slice(0, MOST_NAMED).map(({ name, from, to }) => {
    const word = !to ? words.out : !from ? words.in : to < from ? words.up : words.down;
    return word.replace("{party}", isolated(name)).replace("{from}", from).replace("{to}", to);
  });
  if (moved.length > MOST_NAMED) named.push(words.more.replace("{number}", moved.length - MOST_NAMED));
  return named.join(" ");
}

// Side by side: the parties of the comparison that is shown, which is made anew where an answer changes.
const ticked = () => [["compare", "1"], ...[...new FormData(form)].filter(([name]) => name === "party")];
const hasComparison = () => document.querySelector("#comparison table") !== null;
let compared = hasComparison() ? ticked() : [];

const bar = document.getElementById("moved");
const state = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "party"));
let shown = state();
const earlier = [];
// One after another, so that a late response never takes the place of a newer one.
let last = Promise.resolve();
const refresh = () => { last = last.then(update); };
async function update() {
  const before = places();
  const made = await fetchResult(compared);
  if (!made.ok) {
    tell(words.none);
    return;
  }
  // The content changed meanwhile: words that nobody would then still see must not be answered.
  if (!sentByForm && made.page.getElementById("answers").elements.content.value !== form.elements.content.value) {
    location.reload();
    return;
  }
  take(made.page, "result", "sure", "comparison");
  document.querySelector("#yours .count").textContent = made.page.querySelector("#yours .count").textContent;
  tell(moves(before, places()));
}
function changed() {
  earlier.push(shown);
  shown = state();
  memory.save();
  refresh();
}
function tell(message) {
  bar.hidden = false;
  bar.querySelector("p").textContent = message;
  bar.querySelector("button").hidden = !earlier.length;
}
form.addEventListener("change", changed);
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=skip]");
  if (!button) return;
  event.preventDefault();
  const chosen = button.closest("fieldset").querySelector("input[type=radio]:checked");
  if (!chosen) return;
  chosen.checked = false;
  changed();
});
bar.querySelector("button").addEventListener("click", () => {
  const values = JSON.parse(earlier.pop());
  for (const input of form.querySelectorAll("input[type=radio], input[name=double]")) {
    input.checked = values.some(([name, value]) => name === input.name && value === input.value);
  }
  shown = state();
  memory.save();
  refresh();
});

async function compare() {
  const chosen = ticked();
  const made = await fetchResult(chosen);
  take(made.page, "compare");
  compared = hasComparison() ? chosen : [];
  document.getElementById("compare").querySelector("summary").focus();
}
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction") && event.submitter.name !== "compare") return;
  event.preventDefault();
  if (event.submitter?.name !== "compare") return; // Enter in the form: nothing is to be sent
  last = last.then(compare);
});
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-compare]")?.closest(".outcome").id;
  if (!chosen) return;
  const boxes = [...document.querySelectorAll("input[name=party]")];
  const own = boxes.find((box) => box.value.replace(/\.*$/, "") === chosen);
  for (const box of boxes.filter((box) => box.checked && box !== own).slice(3)) box.checked = false;
  own.checked = true;
  reveal(document.getElementById("compare"));
  own.focus();
});

function showAll() {
  document.querySelector("ol.outcomes").classList.add("all");
  document.getElementById("show-all")?.toggleAttribute("hidden", true);
}
document.addEventListener("click", ({ target }) => {
  if (target.id !== "show-all") return;
  showAll();
  document.querySelector(".outcome.later summary").focus();
});

const said = document.getElementById("kept");
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = said.dataset.copied;
  } catch {
    said.textContent = address;
  }
}
const QUOTED = 5; // parties whose quotes are printed where that is asked for
const actions = {
  print: () => window.print(),
  "print-quotes": async () => {
    const first = [...document.querySelectorAll("#result .outcome > details")].slice(0, QUOTED);
    await Promise.all(first.map((details) => unfold(details, form, words)));
    const closed = first.filter((details) => !details.open);
    for (const details of closed) details.open = true;
    page.classList.add("with-quotes");
    window.addEventListener("afterprint", () => {
      page.classList.remove("with-quotes");
      for (const details of closed) details.open = false;
    }, { once: true });
    window.print();
  },
  async share() {
    const address = new URL(form.action);
    address.hash = toFragment(fromForm(form));
    if (!navigator.share) return copy(address.href);
    try {
      await navigator.share({ url: address.href });
    } catch (error) {
      if (error.name !== "AbortError") copy(address.href);
    }
  },
  clear() {
    if (!window.confirm(words.sure)) return;
    memory.clear();
    location.replace(form.dataset.home);
  },
};
for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => actions[button.dataset.action]());
}
