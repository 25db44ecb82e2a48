"""The files beside the two: the operator's colours, mark, pictures and translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quiz.content.checks.logos import picture_fault
from quiz.content.limits import BESIDE_BYTES
from quiz.content.problems import Problem, did_you_mean
from quiz.content.yaml.marked import Document
from quiz.translations import beside
from quiz.translations.check import faults
from quiz.translations.commands import tr

BRAND: Final = "brand"
COLORS: Final = "colors.css"
PICTURES: Final = {
    "mark.svg": 50_000,
    "mark.png": 50_000,
    "preview.png": 500_000,
    "preview.jpg": 500_000,
}
"""Files in the brand folder → the most bytes they may have."""

TOKENS: Final = (
    *(f"--standpunt-color-{name}" for name in ("paper", "ink", "quiet", "line", "faint", "signal")),
    "--standpunt-font-text", "--standpunt-font-statement",
    *(f"--standpunt-size-{name}" for name in ("small", "text", "medium", "large", "huge")),
    "--standpunt-space", "--standpunt-measure", "--standpunt-radius", "--standpunt-target",
)  # fmt: skip
DARK: Final = r"@media\s*\(prefers-color-scheme:\s*dark\)"
SHEET: Final = re.compile(
    rf"\s*:root\s*\{{(?P<day>[^{{}}]*)\}}\s*(?:{DARK}\s*\{{\s*:root\s*\{{(?P<night>[^{{}}]*)\}}\s*\}}\s*)?"
)
VALUE: Final = re.compile(r"""[#\w\s.,()%"'+*/-]+""")
HEX: Final = re.compile("#[0-9a-fA-F]{6}")


def check_beside(statements: Document, folder: Path) -> None:
    """Report what is wrong with the files beside the two, each under its own name."""
    statements.problems.extend(_brand_problems(folder / BRAND))
    for file in beside(folder).values():
        unread = _unread(file)
        for line, message in [(0, unread)] if unread else faults(file):
            statements.problems.append(Problem(str(file), line, 1 if line else 0, "", message))


def _brand_problems(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.glob("[!.]*")):
        if path.name == COLORS and (unread := _unread(path)):
            yield Problem(str(path), 0, 0, "", unread)
        elif path.name == COLORS:
            yield from color_problems(path)
        elif path.name in PICTURES:
            if fault := picture_fault(path, folder, PICTURES[path.name]):
                yield Problem(str(path), 0, 0, "", *fault)
        else:
            hint = did_you_mean(path.name, (COLORS, *PICTURES))
            yield Problem(str(path), 0, 0, "", tr("Nothing uses this file."), hint, warning=True)


def _unread(path: Path) -> str:
    """Return why a file beside the content is not read at all; or ""."""
    if path.exists() and not path.is_file():
        return tr("This is not a regular file.")
    if path.exists() and path.stat().st_size > BESIDE_BYTES:
        return tr("The file is larger than %(value)s MB.", value=BESIDE_BYTES // 1_000_000)
    return ""


def color_problems(path: Path) -> Iterator[Problem]:
    """Find what is wrong with the file that replaces the custom properties of the style sheet."""

    def problem(message: str, hint: str = "", *, warning: bool = False) -> Problem:
        return Problem(str(path), 0, 0, "", message, hint, warning=warning)

    text = re.sub(
        r"/\*.*?(?:\*/|\Z)", "", path.read_text(encoding="utf-8", errors="replace"), flags=re.DOTALL
    )
    sheet = SHEET.fullmatch(text)
    if sheet is None:
        yield problem(
            tr(
                "Only “:root { … }” may stand here, and once more within "
                "“@media (prefers-color-scheme: dark) { … }”."
            ),
            tr("Start from the file that docs/operators.md shows."),
        )
        return
    for name, value in declarations(sheet["day"]) + declarations(sheet["night"] or ""):
        if name not in TOKENS and name != "color-scheme":
            yield problem(tr("%(name)s is not used.", name=repr(name)), did_you_mean(name, TOKENS))
        elif not VALUE.fullmatch(value) or "url(" in value:
            yield problem(
                tr(
                    "%(name)s is %(value)s: not a plain colour, length or list of fonts.",
                    name=name,
                    value=repr(value),
                )
            )
    day = dict(declarations(sheet["day"]))
    for name in set(TOKENS) - set(day):
        yield problem(
            tr("%(name)s is missing.", name=name), tr("This file replaces ours as a whole.")
        )
    night = day | dict(declarations(sheet["night"] or ""))
    for message in faint_colors(day) | faint_colors(night):
        yield problem(message, warning=True)


def declarations(block: str) -> list[tuple[str, str]]:
    """Return the names and values of a block of CSS."""
    pairs = (part.partition(":") for part in block.split(";") if part.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def faint_colors(tokens: dict[str, str]) -> set[str]:
    """Report colours with too little contrast: text needs 4.5:1, marks and edges 3:1 (WCAG 2.2
    AA).
    """
    faults, paper = set(), tokens.get("--standpunt-color-paper", "")
    for name, least in (("ink", 4.5), ("quiet", 4.5), ("signal", 4.5), ("line", 3.0)):
        color = tokens.get(f"--standpunt-color-{name}", "")
        if HEX.fullmatch(color) and HEX.fullmatch(paper) and contrast(color, paper) < least:
            faults.add(
                tr(
                    "%(name)s %(color)s on paper %(paper)s has a contrast of %(found)s; "
                    "%(least)s is needed.",
                    name=name,
                    color=color,
                    paper=paper,
                    found=f"{contrast(color, paper):.1f}",
                    least=least,
                )
            )
    return faults


def contrast(color: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    light, dark = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
