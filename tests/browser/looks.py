"""Accessibility that a machine can check: one list of faults per page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12: text that the reader spaces out."""

# In running text, lists and tables a target may be lower: 24 pixels high, or a circle of 24 pixels
# around the middle of each of its lines that touches no other target (WCAG 2.5.8). What is scrolled
# away in a box touches only what is in the same box.
SMALL_TARGETS = """() => {
  const text = "p, li, dd, dt, td, th, figcaption, legend, h1, h2, h3, h4, h5, .sides";
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".hidden, .chart"))
    .map((one) => ({ one, box: one.closest("label") ?? one }))
    .map((target) => ({ ...target, rects: [...target.box.getClientRects()].filter((rect) => rect.width) }))
    .filter(({ rects }) => rects.length && rects[0].bottom + scrollY > 0);
  const near = (x, y, rect) => Math.hypot(
    Math.max(rect.left - x, 0, x - rect.right), Math.max(rect.top - y, 0, y - rect.bottom)) < 12;
  const scrollerOf = (box) => box.closest(".scroller, .table-scroll");
  const inSight = (box, rect) => {
    const frame = scrollerOf(box)?.getBoundingClientRect();
    return !frame || (rect.top < frame.bottom && rect.bottom > frame.top && rect.left < frame.right && rect.right > frame.left);
  };
  const together = (box, rect, other, each) =>
    scrollerOf(box) === scrollerOf(other) || (inSight(box, rect) && inSight(other, each));
  const apart = ({ box, rects }) => rects.every((rect) => !all.some((other) => other.box !== box && !other.box.contains(box)
    && other.rects.some((each) => together(box, rect, other.box, each)
      && near((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2, each))));
  return all.filter((target) => {
    const { height, width } = target.box.getBoundingClientRect();
    if (height >= 43.5 && width >= 43.5) return false;
    if (!target.box.matches("a, button.link, button.skip") || !target.box.parentElement.closest(text)) return true;
    return !(height >= 24 && width >= 24) && !apart(target);
  }).map(({ one, box }) => `${Math.round(box.getBoundingClientRect().height)}: ${one.outerHTML.slice(0, 110)}`);
}"""

WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroller, .table-scroll, .formula"))
  .map((one) => "wide: " + one.outerHTML.slice(0, 110)).concat("wider than the window").slice(0, 3)"""


def violations(page: Page) -> list[str]:
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:150]}" for fault in violations]


def overflows(page: Page) -> list[str]:
    """Return what is wider than the window, if the page scrolls sideways."""
    wide: list[str] = page.evaluate(WIDE)
    return wide


def small_targets(page: Page) -> list[str]:
    small: list[str] = page.evaluate(SMALL_TARGETS)
    return small


def cramped(page: Page) -> list[str]:
    """Return what runs off the edge of a very small window, and with spaced text on a phone."""
    before = page.viewport_size or {"width": 320, "height": 740}
    page.set_viewport_size({"width": 320, "height": 256})
    problems = [f"320 × 256: {fault}" for fault in overflows(page)]
    # a style sheet that the page's policy would block, as an extension of the browser brings it
    page.evaluate(
        """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
             document.adoptedStyleSheets = [sheet]; }""",
        SPACED,
    )
    problems += [f"spaced text: {fault}" for fault in overflows(page)]
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(before)
    return problems


def faults(page: Page) -> list[str]:
    """Return all of these faults, at the window's present size."""
    return violations(page) + overflows(page) + small_targets(page)


def at_every_size(page: Page, name: str) -> list[str]:
    """Return what is wrong with a page: light and dark, narrow and wide, tiny, and with spaced text."""
    before, problems = page.viewport_size, []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            problems += [f"{name} {scheme} {width}: {fault}" for fault in faults(page)]
    problems += [f"{name}: {fault}" for fault in cramped(page)]
    page.set_viewport_size(before)  # type: ignore[arg-type]
    return problems


def covered_focus(page: Page, limit: int = 60) -> list[str]:
    """Go through a page with Tab and back; return what has the focus and is under something
    else.
    """
    problems: list[str] = []
    for key in ["Tab"] * limit + ["Shift+Tab"] * limit:
        page.keyboard.press(key)
        hidden: str | None = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const box = (one.closest("label") ?? one);
              const seen = [...box.getClientRects()].some((rect) => [0.15, 0.5, 0.85].some((share) => {
                const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)];
                const at = document.elementFromPoint(rect.left + rect.width * share, (top + bottom) / 2);
                return at && (box.contains(at) || at.contains(box) && !at.matches("thead, th, .steps"));
              }));
              return seen ? null : one.outerHTML.slice(0, 110);
            }"""
        )
        if hidden:
            problems.append(f"{key}: {hidden}")
    return problems
