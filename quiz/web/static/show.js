// The result of the answers in this tab, or of those that came with a link: asked for, and put on the page.
import { Memory, isEmpty, toBody } from "./memory.js";
import { askForPage } from "./connection.js";

const shell = document.getElementById("shell");
const memory = new Memory(shell);
const message = document.getElementById("message");
const { action, quizPage, script } = shell.dataset;
const controller = new AbortController();
const shown = JSON.stringify([memory.own().answers, memory.own().double]);

const part = (name) => shell.querySelector(`[data-part="${name}"]`);
function say(name) {
  message.replaceChildren(document.importNode(part(name).content, true));
}

// The words of the link's banner go with the result that comes.
function banner() {
  return memory.linked ? [document.importNode(part("linked").content, true)] : [];
}

// Whoever asked for the result in the quiz hears its headline; on a reload or on Back nothing takes the focus.
function arrive(headline) {
  memory.note({ arriving: false });
  headline.tabIndex = -1;
  headline.focus();
}

async function show() {
  if (isEmpty(memory.read())) {
    if (memory.linked) say("unreadable");
    else location.replace(quizPage);
    return;
  }
  const sent = () => {
    const kept = memory.read();
    return toBody(kept, [...new Set([...shell.dataset.statements.split(" "), ...Object.keys(kept.answers)])]);
  };
  const { ok, status, page } = await askForPage(action, sent, controller.signal, () => say("offline"));
  if (!ok) {
    const known = status === 400;
    say(known ? "refused" : "failed");
    const problems = page.getElementById("problems");
    if (known && problems) message.append(document.importNode(problems, true));
    return;
  }
  const main = document.getElementById("main");
  const words = page.getElementById("words");
  main.replaceChildren(...banner(), ...document.importNode(page.getElementById("main"), true).childNodes);
  if (words) document.body.append(document.importNode(words, true));
  document.title = page.title;
  if (memory.linked) {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  } else {
    memory.note({ seen: true });
  }
  await import(script);
  if (!memory.linked && memory.own().arriving) arrive(main.querySelector("h1"));
}

// In a page that shows a link's answers, other places on it are gone to without losing the address.
document.addEventListener("click", (event) => {
  const link = memory.linked && event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  document.getElementById(link.hash.slice(1))?.scrollIntoView();
});
window.addEventListener("hashchange", ({ oldURL, newURL }) => {
  if ([oldURL, newURL].some((address) => new URL(address).hash.startsWith("#answers:"))) location.reload();
});
// A page that the browser had put aside may be of answers that were changed or cleared since.
window.addEventListener("pageshow", ({ persisted }) => {
  const { answers, double } = memory.own();
  if (persisted && !memory.linked && JSON.stringify([answers, double]) !== shown) location.reload();
});
window.addEventListener("pagehide", () => controller.abort());

show();
