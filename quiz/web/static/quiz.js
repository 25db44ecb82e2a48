// The quiz, one statement at a time. Without this script it is one long form that works as well.
import { Memory, fromFragment } from "./memory.js";
import { sendWhenOnline } from "./connection.js";

// The first statement is painted before this script takes the page over: a slow phone shows it sooner.
await new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  if (document.hidden) resolve();
});

const form = document.getElementById("answers");
const statements = [...form.querySelectorAll(".statement")];
const memory = new Memory(form);
const words = Object.fromEntries(
  [...document.getElementById("words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const OVERVIEW = statements.length;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const chosen = (statement) => statement.querySelector(".choice input:checked");
const isDouble = (statement) => statement.querySelector("input[name=double]").checked;
const count = () => statements.filter(chosen).length;

const dots = statements.map(() => make("i"));
const progress = make("div", { className: "progress" }, ...dots);
progress.setAttribute("aria-hidden", "true");
const where = make("p");
where.setAttribute("role", "status");
const message = make("p", { className: "problem", hidden: true });
message.setAttribute("role", "alert");
const back = make("button", { type: "button", className: "button", textContent: words.back });
const next = make("button", { type: "button", className: "button primary" });
const steps = make("div", { className: "steps" }, back, next);
const list = make("ol", { className: "overview" });
const overviewHead = make("h2", { textContent: words["overview-title"], tabIndex: -1 });
const clear = make("button", { type: "button", className: "button", textContent: words.clear });
const overview = make(
  "section",
  { hidden: true },
  overviewHead,
  make("p", { textContent: words["overview-text"] }),
  list,
  make("p", {}, clear),
);

let now = 0;
// Whether this statement was opened from the overview: then there is one way on, back to it.
const returning = () => now < OVERVIEW && history.state?.from === OVERVIEW;

function drawProgress() {
  statements.forEach((statement, index) => {
    dots[index].className = [
      chosen(statement) && "answered",
      isDouble(statement) && "twice",
      index === now && "now",
      index < now && "passed",
    ].filter(Boolean).join(" ");
  });
  where.className = now === OVERVIEW ? "kicker" : "hidden";
  if (now === OVERVIEW) {
    where.textContent = words.answered.replace("{count}", count()).replace("{all}", statements.length);
  } else {
    where.textContent = words.progress.replace("{now}", now + 1).replace("{all}", statements.length);
    const skips = !returning() && !chosen(statements[now]);
    next.classList.toggle("primary", !skips);
    if (returning()) next.textContent = words.overview;
    else if (skips) next.textContent = words.skip;
    else next.textContent = now === OVERVIEW - 1 ? words.overview : words.next;
  }
}

function drawOverview() {
  list.replaceChildren(...statements.map((statement, index) => {
    const radio = chosen(statement);
    const answer = radio ? radio.nextElementSibling.textContent : words.skipped;
    const button = make(
      "button",
      { type: "button" },
      make("span", { textContent: statement.querySelector(".proposal").textContent }),
      make("b", { textContent: answer }),
    );
    button.addEventListener("click", () => go(index));
    if (!radio) return make("li", {}, button);
    const own = statement.querySelector("input[name=double]");
    const box = make("input", { type: "checkbox", checked: own.checked });
    box.addEventListener("change", (event) => {
      event.stopPropagation();
      own.checked = box.checked;
      memory.save();
      drawProgress();
    });
    const about = make("span", { className: "hidden", textContent: `: ${statement.querySelector(".proposal").textContent}` });
    const label = make("label", { className: "double" }, box, make("span", {}, words.double, about));
    return make("li", {}, button, label);
  }));
}

function show(index, { focus = true } = {}) {
  now = Math.max(0, Math.min(index, OVERVIEW));
  const last = now === OVERVIEW;
  statements.forEach((statement, position) => statement.classList.toggle("now", position === now));
  overview.hidden = !last;
  back.disabled = now === 0;
  back.hidden = returning();
  message.hidden = true;
  next.type = last ? "submit" : "button";
  if (last) {
    drawOverview();
    next.textContent = form.querySelector(".finish button").textContent;
  }
  drawProgress();
  memory.note({ at: now });
  window.scrollTo(0, 0);
  if (focus) (last ? overviewHead : statements[now].querySelector("legend")).focus();
}

function go(index) {
  history.pushState({ at: index, from: now }, "");
  form.classList.add("moved");
  show(index);
}

function forward() {
  if (returning()) history.back();
  else go(now + 1);
}

async function loadParties(details, href) {
  if (details.dataset.loaded) return;
  details.dataset.loaded = "yes";
  const place = details.querySelector("div");
  place.textContent = words.loading;
  try {
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(document.importNode(page.getElementById("positions"), true));
    place.firstElementChild.removeAttribute("id");
  } catch {
    delete details.dataset.loaded;
    place.textContent = words.failed;
  }
}

// "What do the parties say?" opens in place, and only when it is asked for, so it does not steer.
for (const paragraph of form.querySelectorAll(".parties-say")) {
  const link = paragraph.querySelector("a");
  const details = make("details", { className: "more" }, make("summary", { textContent: link.textContent }), make("div"));
  details.addEventListener("toggle", () => details.open && loadParties(details, link.href));
  paragraph.replaceWith(details);
}

form.addEventListener("change", () => {
  memory.save();
  drawProgress();
});
back.addEventListener("click", () => history.state?.from === now - 1 ? history.back() : go(now - 1));
next.addEventListener("click", (event) => {
  if (now < OVERVIEW) {
    event.preventDefault();
    forward();
  }
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (now < OVERVIEW) {
    forward();
  } else if (count() === 0) {
    message.textContent = words.none;
    message.hidden = false;
  } else {
    sendWhenOnline(form, (trouble) => {
      message.textContent = trouble ? words.offline : "";
      message.hidden = !trouble;
    });
  }
});
form.addEventListener("keydown", (event) => {
  if (now === OVERVIEW || event.altKey || event.ctrlKey || event.metaKey) return;
  const radios = statements[now].querySelectorAll(".choice input");
  const number = ["1", "2", "3"].indexOf(event.key);
  if (number >= 0) {
    radios[number].checked = true;
    radios[number].focus();
    form.dispatchEvent(new Event("change"));
  } else if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    forward();
  }
});
clear.addEventListener("click", () => {
  history.replaceState({ at: 0 }, "");
  for (const input of form.querySelectorAll("input:checked")) input.checked = false;
  show(0);
  memory.clear();
  message.textContent = words.cleared;
  message.hidden = false;
});
window.addEventListener("popstate", (event) => {
  if (event.state?.at !== undefined) show(event.state.at);
});

// A page that the browser had put aside may hold answers that were changed or cleared since.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const input of form.querySelectorAll("input:checked")) input.checked = false;
  memory.fill();
  if (!count()) history.replaceState({ at: 0 }, "");
  show(history.state.at);
});

// The browser would fill in by itself what was cleared since; the memory does it better.
form.autocomplete = "off";
const shared = fromFragment(location.hash);
const problems = document.getElementById("problems");
if (shared) {
  memory.clear();
  memory.fill(shared);
  memory.save();
  history.replaceState(null, "", location.pathname);
} else if (!form.querySelector("input:checked")) {
  memory.fill();
} else {
  memory.save();
}
document.documentElement.classList.add("stepping");
form.prepend(progress, where, message);
form.insertBefore(overview, form.querySelector(".finish"));
form.append(steps);
const wrong = problems && statements.findIndex((statement) => statement.querySelector(".problem"));
let start = history.state?.at ?? memory.read().at ?? 0;
if (shared) start = OVERVIEW;
else if (problems) start = wrong >= 0 ? wrong : OVERVIEW;
else if (!count() && start === OVERVIEW) start = 0;
history.replaceState({ ...history.state, at: start }, "");
show(start, { focus: start > 0 });
