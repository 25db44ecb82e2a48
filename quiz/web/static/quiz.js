// The quiz, one statement at a time: one tap answers it and goes on.
// Without this script it is one long form that works as well.
import { Memory } from "./memory.js";
import { waitUntilReachable } from "./connection.js";
import { openPartiesInPlace } from "./parties_say.js";

const form = document.getElementById("answers");
const resultPage = form.action;
// A link with answers opens as a result of its own; it is no answer of whoever has the quiz open here.
const followLink = () => location.hash.startsWith("#answers:") && location.replace(resultPage + location.hash);
window.addEventListener("hashchange", followLink);
followLink();

const statements = [...form.querySelectorAll(".statement")];
const memory = new Memory(form, { fromLink: false });
const words = Object.fromEntries(
  [...document.getElementById("words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const OVERVIEW = statements.length;
const CHANGE = 250; // milliseconds within which a second tap is taken for part of the first

const steps = form.querySelector(".steps");
const status = steps.querySelector("[role=status]");
const told = steps.querySelector(".told");
const buttons = [...steps.querySelectorAll(".answer-buttons button")];
const next = steps.querySelector(".next");
const double = document.getElementById("double-now");
const keys = steps.querySelector(".keys input");
const overview = form.querySelector(".overview-page");
const list = overview.querySelector(".overview");
const problem = overview.querySelector(".problem");
const submit = overview.querySelector("[type=submit]");

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const radios = (statement) => [...statement.querySelectorAll(".choice input")];
const chosen = (statement) => statement.querySelector(".choice input:checked");
const doubleOf = (statement) => statement.querySelector("input[name=double]");
const proposal = (statement) => statement.querySelector(".proposal");
const count = () => statements.filter(chosen).length;

const dots = statements.map(() => make("i"));
const progress = make("div", { className: "progress" }, ...dots);
progress.setAttribute("aria-hidden", "true");

let now = 0;
// Whether this statement was opened from the overview: then every way on leads back to it.
const returning = () => now < OVERVIEW && history.state?.from === OVERVIEW;

function drawProgress() {
  statements.forEach((statement, index) => {
    dots[index].className = [
      chosen(statement) && "answered",
      doubleOf(statement).checked && "twice",
      index === now && "now",
      index < now && "passed",
    ].filter(Boolean).join(" ");
  });
}

function drawSteps() {
  const statement = statements[now];
  radios(statement).forEach((radio, index) => buttons[index].setAttribute("aria-pressed", radio.checked));
  double.checked = doubleOf(statement).checked;
  next.textContent = returning() ? words.overview : chosen(statement) ? words.next : words.skip;
  statement.querySelector(".take-back").hidden = !chosen(statement);
}

function drawOverview() {
  list.replaceChildren(...statements.map((statement, index) => {
    const radio = chosen(statement);
    const answer = radio ? radio.nextElementSibling.textContent : words.skipped;
    const text = proposal(statement).textContent;
    const button = make("button", { type: "button" }, make("span", { textContent: text }), make("b", { textContent: answer }));
    button.addEventListener("click", () => go(index));
    const own = doubleOf(statement);
    const box = make("input", { type: "checkbox", checked: own.checked });
    box.addEventListener("change", () => {
      own.checked = box.checked;
      memory.save();
      drawProgress();
    });
    const about = make("span", { className: "hidden", textContent: `: ${text}` });
    return make("li", {}, button, make("label", { className: "double" }, box, make("span", {}, words.double, about)));
  }));
}

let waiting = null;
function stopWaiting() {
  waiting?.abort();
  waiting = null;
  problem.hidden = true;
  submit.textContent = words.show;
}

// Show a statement or the overview: focus goes to its heading, and one message says where one is.
function show(index, { said = "" } = {}) {
  now = Math.max(0, Math.min(index, OVERVIEW));
  const last = now === OVERVIEW;
  stopWaiting();
  told.hidden = true;
  statements.forEach((statement, position) => statement.classList.toggle("now", position === now));
  overview.hidden = !last;
  steps.hidden = last;
  if (last) drawOverview();
  else drawSteps();
  drawProgress();
  for (const back of form.querySelectorAll(".back")) back.disabled = now === 0;
  const place = last
    ? words.answered.replace("{count}", count()).replace("{all}", OVERVIEW)
    : words.progress.replace("{now}", now + 1).replace("{all}", OVERVIEW);
  status.textContent = said ? `${said}. ${place}` : place;
  memory.note({ at: now, seen: "quiz" });
  window.scrollTo(0, 0);
  (last ? overview.querySelector("h2") : proposal(statements[now])).focus({ preventScroll: true });
  settle();
}

// A second tap before the next statement is in sight would answer it unseen: it does nothing.
let changing = 0;
function settle() {
  const mine = ++changing;
  form.classList.add("changing");
  requestAnimationFrame(() => setTimeout(() => {
    if (mine === changing) form.classList.remove("changing");
  }, CHANGE));
}
const isChanging = () => form.classList.contains("changing");

let saying = "";
function go(index, said = "") {
  history.pushState({ at: index, from: now }, "");
  form.classList.add("moved");
  show(index, { said });
}
function goBack(said = "") {
  saying = said;
  form.classList.add("changing");
  history.back();
}

function forward(said = "") {
  if (returning()) goBack(said);
  else go(now + 1, said);
}

function answer(number) {
  if (isChanging()) return;
  const radio = radios(statements[now])[number];
  radio.checked = true;
  memory.save();
  forward(radio.nextElementSibling.textContent);
}

function tell(message) {
  told.textContent = message;
  told.hidden = false;
  status.textContent = message;
}

function takeBack() {
  for (const radio of radios(statements[now])) radio.checked = false;
  memory.save();
  drawProgress();
  drawSteps();
  proposal(statements[now]).focus({ preventScroll: true });
  tell(words["taken-back"]);
}

for (const statement of statements) {
  const button = make("button", { type: "button", className: "link take-back", textContent: form.dataset.takeBack });
  button.addEventListener("click", takeBack);
  statement.querySelector(".extras").after(button);
}
openPartiesInPlace(form, words);

buttons.forEach((button, number) => button.addEventListener("click", () => answer(number)));
next.addEventListener("click", () => isChanging() || forward());
for (const back of form.querySelectorAll(".back")) {
  back.addEventListener("click", () => {
    if (isChanging()) return;
    if (history.state?.from === now - 1 || returning()) goBack();
    else go(now - 1);
  });
}
double.addEventListener("change", () => {
  doubleOf(statements[now]).checked = double.checked;
  memory.save();
  drawProgress();
});
form.addEventListener("keydown", (event) => {
  const number = ["1", "2", "3"].indexOf(event.key);
  const elsewhere = now === OVERVIEW || event.altKey || event.ctrlKey || event.metaKey || event.repeat;
  if (number < 0 || elsewhere || !keys.checked) return;
  event.preventDefault();
  answer(number);
});
keys.checked = memory.read().keys ?? true;
keys.addEventListener("change", () => {
  memory.note({ keys: keys.checked });
  steps.classList.toggle("no-keys", !keys.checked);
});
steps.classList.toggle("no-keys", !keys.checked);

async function finish() {
  if (waiting) return;
  if (count() === 0) {
    problem.textContent = words.none;
    problem.hidden = false;
    return;
  }
  waiting = new AbortController();
  submit.textContent = words.working;
  const isThere = await waitUntilReachable(() => {
    problem.textContent = words.offline;
    problem.hidden = false;
  }, waiting.signal);
  if (!isThere) return;
  if (memory.save()) location.assign(resultPage);
  else form.submit(); // the tab can't keep answers, so they travel in the form
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const other = event.submitter?.getAttribute("formaction");
  if (other && memory.save()) location.assign(other);
  else if (other) HTMLFormElement.prototype.submit.call(Object.assign(form, { action: other }));
  else if (now < OVERVIEW) forward();
  else finish();
});
overview.querySelector(".clear").addEventListener("click", () => {
  if (!window.confirm(words.sure)) return;
  history.replaceState({ at: 0 }, "");
  for (const input of form.querySelectorAll(".statement input:checked")) input.checked = false;
  memory.clear();
  show(0);
  tell(words.cleared);
});
window.addEventListener("popstate", (event) => {
  if (event.state?.at === undefined) return;
  show(event.state.at, { said: saying });
  saying = "";
});

function fill() {
  for (const id of memory.fill()) {
    const statement = document.getElementById(`s-${id}`);
    if (!statement.querySelector(".changed")) {
      statement.querySelector("legend").after(make("p", { className: "notice changed", textContent: words.changed }));
    }
  }
}
// A page that the browser had put aside may hold answers that were changed or cleared since.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const input of form.querySelectorAll(".statement input:checked")) input.checked = false;
  fill();
  if (!count()) history.replaceState({ at: 0 }, "");
  show(history.state.at);
});

// The browser would fill in by itself what was cleared since; the memory does it better.
form.autocomplete = "off";
const problems = document.getElementById("problems");
if (form.querySelector(".statement input:checked")) memory.save();
else fill();
form.prepend(progress);
for (const statement of statements) statement.setAttribute("role", "none");
for (const control of steps.querySelectorAll(":disabled")) control.disabled = false;
const wrong = problems && statements.findIndex((statement) => statement.querySelector(".problem"));
let start = history.state?.at ?? memory.read().at ?? 0;
if (problems) start = wrong >= 0 ? wrong : OVERVIEW;
else if (!count() && start === OVERVIEW) start = 0;
history.replaceState({ ...history.state, at: start }, "");
document.documentElement.classList.add("stepping");
show(start);
