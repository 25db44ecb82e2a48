// A voter's answers in this tab: nowhere else, and gone with it.
// Answers from a link have a place of their own beside them; the address then ends in ?link.

export const FROM_LINK = "?link";

export class Memory {
  // The element names the quiz; only a form can be saved and filled.
  constructor(element, { fromLink = location.search === FROM_LINK } = {}) {
    this.form = element;
    this.own = `standpunt:${element.dataset.quiz}`;
    this.linked = `${this.own}:link`;
    this.key = fromLink ? this.linked : this.own;
  }

  save() {
    const data = new FormData(this.form);
    const skip = this.form.querySelector(".skip input")?.value;
    const answers = {};
    for (const [name, value] of data) {
      if (name.startsWith("answer.") && value !== skip) answers[name.slice(7)] = value;
    }
    return this.note({ answers, double: data.getAll("double"), content: data.get("content") });
  }

  // Returns whether the browser keeps it: storage may be off or full.
  note(values) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.read(), ...values }));
      return true;
    } catch {
      return false;
    }
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  count() {
    return Object.keys(this.read().answers ?? {}).length;
  }

  // Fill the form. Returns the ids of statements whose words are others than those that were answered.
  fill() {
    const { answers = {}, double = [] } = this.read();
    for (const radio of this.form.querySelectorAll("input[type=radio]")) {
      const id = radio.name.slice(7);
      if (id in answers) radio.checked = radio.value === answers[id];
    }
    for (const box of this.form.querySelectorAll("input[name=double]")) box.checked = double.includes(box.value);
    return Object.keys(answers).filter((id) => {
      const radios = [...this.form.querySelectorAll(`input[name="answer.${CSS.escape(id)}"]`)];
      return radios.length && !radios.some((radio) => radio.checked);
    });
  }

  clear() {
    try {
      sessionStorage.removeItem(this.own);
      sessionStorage.removeItem(this.linked);
    } catch {
      // Nothing was kept.
    }
  }

  leaveLink() {
    sessionStorage.removeItem(this.linked);
  }
}

// What a form with these answers would send.
export function bodyOf({ answers = {}, double = [], content = "" }) {
  const body = new URLSearchParams({ content });
  for (const [id, value] of Object.entries(answers)) body.append(`answer.${id}`, value);
  for (const id of double) body.append("double", id);
  return body;
}

// Answers in the part of an address after the #, which a browser never sends:
// "leave-microsoft-2030=a.1c9f04.2" is an answer, the revision of the words answered, and the weight.
const START = "#answers:";

export function toFragment({ answers = {}, double = [] }) {
  const parts = Object.entries(answers).map(([id, value]) => `${id}=${value}${double.includes(id) ? ".2" : ""}`);
  return START + parts.join(",");
}

export function fromFragment(hash) {
  if (!hash.startsWith(START)) return null;
  const answers = {};
  const double = [];
  for (const part of hash.slice(START.length).split(",")) {
    const match = /^([a-z0-9-]+)=([a-z](?:\.[0-9a-f]{6})?)(\.?2)?$/.exec(part);
    if (!match) continue;
    answers[match[1]] = match[2];
    if (match[3]) double.push(match[1]);
  }
  return { answers, double, content: "link" };
}
