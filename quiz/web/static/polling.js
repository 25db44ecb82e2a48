// Board and phones follow the class by asking one small address that is the same for everyone.
// Asking slows down a little when nothing happens, and stops in a hidden tab.

// On a connection that swallows everything, only the clock tells that nothing comes any more. What was
// sent may have arrived nevertheless; sent again, it counts once.
const PATIENCE = 10_000;

export function ask(address, options) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE); // comes to nothing where all has been read by then
  return fetch(address, { ...options, signal: stop.signal });
}

export class Polling {
  // place() returns the element that names the address and what is shown; changed(now) draws
  // something else and returns a promise; counts(now) writes numbers.
  constructor({ place, fastest, slowest, changed, counts }) {
    Object.assign(this, { place, fastest, slowest, changed, counts });
    this.wait = fastest;
    this.offline = false;
    document.addEventListener("visibilitychange", () => this.now());
    window.addEventListener("online", () => this.now());
    this.later();
  }

  now() {
    clearTimeout(this.timer);
    this.wait = this.fastest;
    this.ask();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  async ask() {
    const place = this.place();
    if (document.hidden || !place) return;
    try {
      const response = await ask(place.dataset.state, { cache: "no-cache" });
      if (response.status >= 500) throw new Error(String(response.status));
      this.tell(false);
      const now = response.status === 404 ? null : await response.json();
      if (!now || now.version !== place.dataset.version || (place.dataset.board && now.board !== place.dataset.board)) {
        this.wait = this.fastest;
        await this.changed(now);
      } else {
        this.wait = this.counts(now) ? this.fastest : Math.min(1.1 * this.wait, this.slowest);
      }
    } catch {
      this.tell(true);
    }
    this.later();
  }

  tell(offline) {
    this.offline = offline;
    const told = document.querySelector("[data-offline]");
    if (told) told.hidden = !offline;
  }
}

export function speak(words) {
  document.getElementById("spoken").textContent = words;
}
