// A party's positions, from its own page, which is the same for everybody, with the voter's answers beside them.

const KINDS = ["same", "half", "opposite", "skipped"];
const CODES = { a: 1, n: 0, d: -1 };
const POSITIONS = { agree: 1, neutral: 0, disagree: -1 };

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

function kindOf(answer, position) {
  const code = CODES[answer?.[0]];
  return code === undefined ? "skipped" : KINDS[Math.abs(code - POSITIONS[position])];
}

function stand(article, form, words) {
  const id = article.id;
  const chosen = form.querySelector(`input[name="answer.${CSS.escape(id)}"]:checked`);
  const kind = kindOf(chosen?.value, article.dataset.position);
  const copy = document.importNode(article, true);
  copy.removeAttribute("id");
  const title = make("h5", "", ...copy.querySelector("h3").childNodes);
  copy.querySelector("h3").replaceWith(title);
  const position = copy.querySelector(".answer b").textContent;
  const said = kind === "skipped" ? words.skipped : chosen.nextElementSibling.textContent;
  copy.querySelector(".answer").replaceWith(make(
    "p", "both",
    make("span", "", `${words.you}: `, make("b", "", said)),
    make("span", "", `${words.party}: `, make("b", "", position)),
  ));
  return { kind, copy };
}

// Words that come together with their role are often not read out, so one line waits for them.
const spoken = make("p", "hidden");
spoken.setAttribute("role", "status");
document.getElementById("main").append(spoken);

export async function unfold(details, form, words) {
  const place = details.querySelector(".positions");
  if (place.dataset.loaded) return;
  place.dataset.loaded = "yes";
  const link = place.querySelector("a");
  const status = make("p", "note", words.loading);
  place.prepend(status);
  spoken.textContent = words.loading;
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const stands = [...page.querySelectorAll("#positions .stand")].map((article) => stand(article, form, words));
    status.remove();
    spoken.textContent = "";
    for (const kind of KINDS) {
      const own = stands.filter((each) => each.kind === kind);
      if (own.length) place.append(make("h4", "", `${words[kind]} `, make("span", "count", own.length)), ...own.map((each) => each.copy));
    }
    place.append(link.parentElement);
  } catch {
    delete place.dataset.loaded;
    status.textContent = spoken.textContent = words.failed;
  }
}
