// A voter's answers in this tab: nowhere else, and gone with it.
//
// An answer is kept as it is sent: "a.1c9f04", a letter (agree, neutral, disagree) and the revision
// of the words that were answered.

const SKIPPED = "s.000000"; // as long as an answer with its revision

// Answers in the part of an address after the #, which a browser never sends to a server:
// "leave-microsoft-2030=a.1c9f04,ban-datacenters=D.66b0a2"; a capital counts double.
const START = "#answers:";

export function toFragment({ answers = {}, double = [] }) {
  const parts = Object.entries(answers).map(
    ([id, value]) => `${id}=${double.includes(id) ? value[0].toUpperCase() + value.slice(1) : value}`,
  );
  return START + parts.join(",");
}

export function fromFragment(hash) {
  if (!hash.startsWith(START)) return null;
  const answers = {};
  const double = [];
  for (const part of hash.slice(START.length).split(",")) {
    const match = /^([a-z0-9-]+)=([andAND])(\.[0-9a-f]+)$/.exec(part);
    if (!match) continue;
    const [, id, letter, revision] = match;
    answers[id] = letter.toLowerCase() + revision;
    if (letter !== letter.toLowerCase()) double.push(id);
  }
  return { answers, double };
}

export function fromForm(form) {
  const data = new FormData(form);
  const answers = {};
  for (const [name, value] of data) if (name.startsWith("answer.")) answers[name.slice(7)] = value;
  return { answers, double: data.getAll("double").filter((id) => id in answers), content: data.get("content") };
}

export class Memory {
  // Answers that came with a link stand beside those of the tab: they are shown, never stored.
  constructor({ dataset }) {
    this.key = `standpunt:${dataset.quiz}`;
    this.linked = fromFragment(location.hash);
  }

  own() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  read() {
    return this.linked ?? this.own();
  }

  note(values) {
    if (this.linked) {
      Object.assign(this.linked, values);
      return;
    }
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.own(), ...values }));
    } catch {
      // Storage is off or full: the page itself still holds the answers.
    }
  }

  // Keep what stands in a form, and answers to words that are changed or gone: it has no place for them.
  save(form = document.getElementById("answers")) {
    const places = new Set([...form.querySelectorAll("input[type=radio]")].map(({ name, value }) => `${name}=${value}`));
    const others = Object.entries(this.read().answers ?? {}).filter(([id, value]) => !places.has(`answer.${id}=${value}`));
    const made = fromForm(form);
    this.note({ ...made, answers: { ...Object.fromEntries(others), ...made.answers } });
  }

  clear() {
    this.linked = null;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}

export const isEmpty = ({ answers = {} }) => Object.keys(answers).length === 0;

// The body of a request: equally long whatever is answered, skipped or doubled.
export function toBody({ answers = {}, double = [], content = "" }, statements) {
  const body = new URLSearchParams({ content: content || "another" });
  for (const id of statements) {
    body.append(`answer.${id}`, answers[id] ?? SKIPPED);
    body.append(double.includes(id) ? "double" : "single", id);
  }
  return body;
}
