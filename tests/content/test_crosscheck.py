"""Faults between entries, and what an editor would question."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.content import Problem, check

QUOTE = "- {text: Datacenters mogen waar het stroomnet het aankan., source: alfa-2025, page: 3}"


def problems(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    checked = check(folder)
    known = "This party has no positions."
    return [p for p in (*checked.errors, *checked.warnings) if p.message != known]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (
            "party_answers",
            f"        quotes:\n          {QUOTE}\n",
            "",
            24,
            "This position has no quote.",
        ),
        (
            "party_answers",
            f"          {QUOTE}\n",
            f"          {QUOTE}\n        summary: {{text: Zegt iemand., source: alfa-2025}}\n",
            29,
            "A position rests on quotes or on a summary, not on both.",
        ),
        (
            "party_answers",
            "    edition: draft\n",
            "    edition: draft\n    lines: {beta: [9, 3]}\n",
            9,
            "The first line comes after the last.",
        ),
        (
            "party_answers",
            "    edition: draft\n",
            "    edition: draft\n    lines: {beta: [9]}\n",
            9,
            "This has 1 of 2 entries.",
        ),
        (
            "party_answers",
            "    edition: draft\n",
            "    edition: draft\n    lines: {betta: [3, 9]}\n",
            9,
            "There is no party 'betta'.",
        ),
        (
            "party_answers",
            "    edition: draft\n",
            "    edition: draft\n    file: ../../etc/passwd\n",
            9,
            "'../../etc/passwd' is not a file below the sources folder.",
        ),
        ("party_answers", "id: beta-2025", "id: alfa-2025", 6, "The id 'alfa-2025' stands here"),
        (
            "party_answers",
            "id: gamma",
            "id: beta",
            47,
            "The id 'beta' stands here twice; the first",
        ),
        ("statements", "[nl, en]", "[nl, en, nl]", 5, "The language 'nl' stands here twice."),
        ("statements", "2025-10-29", "20251029", 8, "'20251029' is not a date."),
        ("statements", "2025-10-29", "2025-W44-3", 8, "'2025-W44-3' is not a date."),
        ("statements", "2025-10-29", "2025-02-30", 8, "'2025-02-30' is not a date."),
        ("statements", "redactie@example.org", "'javascript:x@y'", 11, "'javascript:x@y' is not a"),
        ("statements", "https://example.org/", "data:text/html,x", 10, "'data:text/html,x' is not"),
        ("statements", "prior: 10", "prior: -1", 6, "'-1' is too small."),
        ("statements", "prior: 10", "prior: 1.5", 6, "A whole number is expected here, not '1.5'."),
        ("statements", "city-block", "cityblock", 6, "'cityblock' is not one of: city-block"),
        ("statements", "id: power", "id: Power", 17, "'Power' is not an id."),
    ],
)
def test_each_fault_is_named_on_its_line(
    content_folder: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    reported = problems(content_folder, f"{file}.yaml", old, new)
    named = [problem for problem in reported if problem.message.startswith(message)]
    assert [(problem.line, problem.warning) for problem in named] == [(line, False)]
    assert named[0].hint


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (
            "statements",
            "De overheid moet",
            "Wij " * 20 + "vinden",
            22,
            "This statement has 24 words.",
        ),
        (
            "statements",
            "De staat moet zijn software zelf bouwen.",
            "nieuwe  Datacenters moeten verboden worden.",
            32,
            "The statement on line 28 has the same words.",
        ),
        ("statements", "theme: power", "theme: autonomy", 17, "This theme has no statements."),
        ("statements", ", en: Power}", "}", 18, "This text is missing in 'en'."),
        ("statements", "{nl: Stroom, en: Power}", "Stroom", 18, "This text is missing in 'en'."),
        ("statements", "  version: 3\n", "", 1, "The quiz has no 'version'."),
        ("statements", "  contact: redactie@example.org\n", "", 1, "The quiz has no 'contact'."),
        (
            "party_answers",
            "name: Gamma",
            "name: Beta",
            48,
            "The party on line 35 has this name too.",
        ),
        (
            "party_answers",
            "searched: [alfa-2025]",
            "searched: []",
            10,
            "This party has no ‘searched’.",
        ),
        (
            "party_answers",
            "searched: [alfa-2025]",
            "searched: [beta-2025]",
            21,
            "The source 'alfa-2025' is not among those searched.",
        ),
        (
            "party_answers",
            "parties:\n",
            "  - {id: new, title: Nieuw, edition: final}\nparties:\n",
            9,
            "No party uses this source.",
        ),
    ],
)
def test_each_warning_is_named_on_its_line(
    content_folder: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    reported = problems(content_folder, f"{file}.yaml", old, new)
    assert all(problem.warning for problem in reported)
    assert check(content_folder).catalogue is not None
    assert (line, True) in [(p.line, p.warning) for p in reported if p.message.startswith(message)]


@pytest.mark.parametrize(
    ("file", "old", "new", "hint"),
    [
        ("party_answers", "position: neutral", "position: neutraal", "Did you mean 'neutral'?"),
        ("party_answers", "position: neutral", "position: oneens", "Did you mean 'disagree'?"),
        ("party_answers", "position: neutral", "position: 1", "Did you mean 'agree'?"),
        ("party_answers", "position: neutral", "position: unknown", "Where no position was found"),
        ("party_answers", "position: neutral", "position:", "Where no position was found"),
        ("party_answers", "explicit: false", "explicit: no", "Write true or false, unquoted."),
        ("party_answers", "explicit: false", "explct: false", "Did you mean 'explicit'?"),
        ("party_answers", "source: beta-2025", "source: betta-2025", "Did you mean 'beta-2025'?"),
        ("party_answers", "state-software:", "state-sofware:", "Did you mean 'state-software'?"),
        (
            "party_answers",
            '"#502379"',
            "#502379",
            'A # starts a comment. Write "#502379" in quotes.',
        ),
        ("statements", "en: Power", "eng: Power", "Did you mean 'en'?"),
        ("statements", "en: Power", "Engels: Power", "Did you mean 'en'?"),
        ("statements", "method: city-block", "method: exacte", "Did you mean 'exact'?"),
        ("statements", "status: draft", "status: concept", "Did you mean 'draft'?"),
        ("statements", "argument_for:", "argument_fr:", "Did you mean 'argument_for'?"),
    ],
)
def test_a_near_miss_names_what_was_meant(
    content_folder: Path, file: str, old: str, new: str, hint: str
) -> None:
    errors = [p for p in problems(content_folder, f"{file}.yaml", old, new) if not p.warning]
    assert [problem.hint[: len(hint)] for problem in errors] == [hint]
