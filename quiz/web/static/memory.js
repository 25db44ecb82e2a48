// A voter's answers in this tab: nowhere else, and gone with it.

export class Memory {
  constructor(form) {
    this.form = form;
    this.key = `standpunt:${form.dataset.quiz}`;
  }

  save() {
    const data = new FormData(this.form);
    const answers = {};
    for (const [name, value] of data) {
      if (name.startsWith("answer.") && value !== "skip") answers[name.slice(7)] = value;
    }
    const kept = { ...this.read(), answers, double: data.getAll("double") };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Storage is off or full: the form itself still holds the answers.
    }
  }

  note(values) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.read(), ...values }));
    } catch {
      // As above.
    }
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  // Fill the form; statements that are no longer there are passed over.
  fill({ answers = {}, double = [] } = this.read()) {
    for (const radio of this.form.querySelectorAll("input[type=radio]")) {
      const id = radio.name.slice(7);
      if (id in answers) radio.checked = radio.value === answers[id];
    }
    for (const box of this.form.querySelectorAll("input[name=double]")) {
      if (double.includes(box.value)) box.checked = true;
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
    for (const input of this.form.querySelectorAll("input:checked")) input.checked = false;
  }
}

// Answers in the part of an address after the #, which a browser never sends:
// "leave-microsoft-2030=a2,ban-datacenters=d" means agree, counted double, and disagree.
const LETTERS = { agree: "a", neutral: "n", disagree: "d" };
const VALUES = { a: "agree", n: "neutral", d: "disagree" };

export function toFragment({ answers = {}, double = [] }) {
  const parts = Object.entries(answers).map(
    ([id, value]) => `${id}=${LETTERS[value]}${double.includes(id) ? "2" : ""}`,
  );
  return `#answers:${parts.join(",")}`;
}

export function fromFragment(hash) {
  if (!hash.startsWith("#answers:")) return null;
  const answers = {};
  const double = [];
  for (const part of hash.slice(9).split(",")) {
    const match = /^([a-z0-9-]+)=([and])(2?)$/.exec(part);
    if (!match) continue;
    answers[match[1]] = VALUES[match[2]];
    if (match[3]) double.push(match[1]);
  }
  return Object.keys(answers).length ? { answers, double } : null;
}
