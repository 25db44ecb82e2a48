// "What do the parties say?" opens in place, and only when it is asked for, so it does not steer.

async function load(details, href, words) {
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

export function openPartiesInPlace(form, words) {
  for (const paragraph of form.querySelectorAll(".parties-say")) {
    const link = paragraph.querySelector("a");
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const place = document.createElement("div");
    details.className = "more";
    summary.textContent = link.textContent;
    place.setAttribute("role", "status");
    details.append(summary, place);
    details.addEventListener("toggle", () => details.open && load(details, link.href, words));
    paragraph.replaceWith(details);
  }
}
