"""More than two hundred files with one mistake each: the line of the mistake must be named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from quiz.content import ContentError, check, load

PLACES = 9


def statement_lines() -> list[str]:
    lines = [
        "quiz:",
        "  id: mutations",
        "  title: {nl: Proef, en: Trial}",
        "  description: {nl: Een proef, en: A trial}",
        "  languages: [nl, en]",
        "themes:",
    ]
    for number in range(3):
        lines += [f"  - id: theme-{number}", f"    name: {{nl: Thema {number}, en: T {number}}}"]
    lines.append("statements:")
    for number in range(PLACES):
        lines += [
            f"  - id: statement-{number}",
            f"    theme: theme-{number % 3}",
            f"    text: {{nl: Stelling {number} moet er komen, en: Statement {number} must come}}",
            f"    explanation: {{nl: Uitleg {number}, en: Explanation {number}}}",
        ]
    return lines


def answer_lines() -> list[str]:
    lines = ["sources:"]
    for number in range(PLACES):
        lines += [
            f"  - id: source-{number}",
            f"    title: Bron {number}",
            "    edition: final",
            f"    url: https://example.org/{number}",
        ]
    lines.append("parties:")
    for number in range(PLACES):
        lines += [
            f"  - id: party-{number}",
            f"    name: Partij {number}",
            '    color: "#502379"',
            f"    searched: [source-{number}]",
            "    answers:",
            f"      statement-{number}:",
            "        position: agree",
            "        explicit: true",
            "        quotes:",
            f"          - text: Dit is het citaat van partij {number}, lang genoeg.",
            f"            source: source-{number}",
            f"            page: {number + 1}",
            f"      statement-{(number + 1) % PLACES}:",
            "        position: disagree",
            "        explicit: false",
            f"        summary: {{text: Een samenvatting {number}, source: source-{number}}}",
        ]
    return lines


BASE = {"statements": statement_lines(), "party_answers": answer_lines()}


@dataclass(frozen=True)
class Kind:
    """A mistake: the lines that it changes, their replacement, and the line that must be named.

    ``named`` counts from the changed line; ``entry`` names the line that opens its entry. ``alone``
    says that nothing else may be named, since nothing else refers to the line.
    """

    name: str
    file: str
    where: str
    old: str
    new: str
    named: int = 0
    entry: str = ""
    alone: bool = True


S, A = "statements", "party_answers"
STATEMENT, PARTY, ANSWER = r"  - id: statement", r"  - id: party", r"      statement-\d:"
KINDS = [
    Kind("misspelt key", S, r"    theme: ", "theme:", "tehme:"),
    Kind("unknown key", S, r"    theme: ", "$", "\n    colour: red", named=1),
    Kind("unknown theme", S, r"    theme: ", r"theme-\d", "theme-x"),
    Kind("missing text", S, r"    text: ", r".*", "", entry=STATEMENT),
    Kind("missing explanation", S, r"    explanation: ", r".*", "", entry=STATEMENT),
    Kind("key twice", S, r"    theme: ", "(.*)", r"\1\n\1", named=1),
    Kind("id twice", S, r"  - id: statement-[1-8]", r"statement-\d", "statement-0", alone=False),
    Kind("capital in id", S, STATEMENT, "statement", "Statement", alone=False),
    Kind("list as id", S, r"  - id: theme", r"theme-\d", "[a]", alone=False),
    Kind("unquoted no", S, r"    text: ", r"nl: [^,]*", "nl: no"),
    Kind("first language missing", S, r"    text: ", r"nl: [^,]*, ", ""),
    Kind("unknown language", S, r"    explanation: ", "en:", "eng:"),
    Kind("empty text", S, r"    text: ", r"nl: [^,]*", 'nl: " "'),
    Kind("number for text", S, r"    explanation: ", r"\{.*", "2030"),
    Kind("list for text", S, r"    explanation: ", r"\{.*", "[a, b]"),
    Kind("alias", S, r"    text: ", r"\{.*", "*other", alone=False),
    Kind("anchor", S, r"    text: ", r"\{", "&this {"),
    Kind("tag", S, r"    text: ", r"\{", "!!map {"),
    Kind("tab", S, r"    theme: ", "    ", "\t"),
    Kind("open quote", S, r"    theme: ", "theme-", '"theme-'),
    Kind("colon in text", S, r"    theme: ", "theme-", "this: theme-"),
    Kind("unknown status", S, r"    theme: ", "$", "\n    status: concept", named=1),
    Kind("control escape", S, r"    text: ", r"nl: [^,]*", r'nl: "a\\u0007b"'),
    Kind("misspelt position", A, r"        position: ", ": .*", ": agre"),
    Kind("position unquoted no", A, r"        position: ", ": .*", ": no"),
    Kind("position none", A, r"        position: ", ": .*", ": none"),
    Kind("explicit yes", A, r"        explicit: ", ": .*", ": yes"),
    Kind("explicit missing", A, r"        explicit: ", ".*", "", entry=ANSWER),
    Kind("unknown source", A, r"            source: ", r"-\d", "-x"),
    Kind("page nought", A, r"            page: ", r"\d+", "0"),
    Kind("page in words", A, r"            page: ", r"\d+", "twaalf"),
    Kind("page as text", A, r"            page: ", r"(\d+)", r'"\1"'),
    Kind("colour unquoted", A, r"    color: ", '"', ""),
    Kind("colour by name", A, r"    color: ", '".*"', "purple"),
    Kind("address with a script", A, r"    url: ", "https://.*", "javascript:alert(1)"),
    Kind("edition", A, r"    edition: ", "final", "definitief"),
    Kind("unknown statement", A, ANSWER, r"-\d", "-x"),
    Kind("searched unknown", A, r"    searched: ", r"-\d", "-x", alone=False),
    Kind("searched no list", A, r"    searched: ", r"\[(.*)\]", r"\1"),
    Kind("summary without text", A, r"        summary: ", r"text: [^,]*, ", ""),
    Kind("quote with unknown key", A, r"            page: ", "page", "pagina"),
]


def mutants() -> list[tuple[Kind, int]]:
    return [
        (kind, number)
        for kind in KINDS
        for number in [n for n, line in enumerate(BASE[kind.file]) if re.match(kind.where, line)][
            :PLACES
        ]
    ]


MUTANTS = mutants()


def mutated(kind: Kind, number: int) -> tuple[dict[str, str], int]:
    lines = list(BASE[kind.file])
    line = lines[number]
    changed = re.sub(kind.old, kind.new, line, count=1)
    assert changed != line
    named = number + 1 + kind.named
    if kind.entry:
        named = max(n for n in range(number) if re.match(kind.entry, lines[n])) + 1
    lines[number : number + 1] = changed.split("\n") if changed else []
    texts = {name: "\n".join(lines) + "\n" for name, lines in BASE.items()}
    return texts | {kind.file: "\n".join(lines) + "\n"}, named


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_there_are_two_hundred_and_the_base_is_right(tmp_path: Path) -> None:
    assert len(MUTANTS) >= 200
    assert len(KINDS) >= 20
    write(tmp_path, {name: "\n".join(lines) + "\n" for name, lines in BASE.items()})
    assert check(tmp_path).errors == ()


@pytest.mark.parametrize(
    ("kind", "number"), MUTANTS, ids=[f"{kind.name}-{number + 1}" for kind, number in MUTANTS]
)
def test_the_line_of_the_mistake_is_named(kind: Kind, number: int, tmp_path: Path) -> None:
    texts, named = mutated(kind, number)
    write(tmp_path, texts)
    with pytest.raises(ContentError) as caught:
        load(tmp_path)
    reported = {(Path(problem.file).stem, problem.line) for problem in caught.value.problems}
    assert (kind.file, named) in reported
    if kind.alone:
        assert reported == {(kind.file, named)}
    for problem in caught.value.problems:
        assert problem.message.endswith(".")
        assert problem.hint
        assert problem.column >= 1
        assert problem.source == texts[Path(problem.file).stem].splitlines()[problem.line - 1]
