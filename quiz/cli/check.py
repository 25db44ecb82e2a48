"""``quiz check``: is the content right, and what does it hold?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from quiz.cli.options import content_option
from quiz.cli.report import (
    as_data,
    console,
    github,
    party_table,
    plural,
    relative,
    show,
    statement_table,
)
from quiz.content import Checked, Problem, check, in_order
from quiz.content.catalogue import Catalogue
from quiz.content.checks.quotes import Verified, verify_quotes
from quiz.content.overview import counts, party_rows, statement_rows

FEW: Final = 20


@click.command()
@content_option
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Look every quote up in its source below this folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on GitHub.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every warning.")
def command(content: Path, sources: Path | None, form: str, *, verbose: bool) -> None:
    """Check the content: exit 0 with a summary, or 1 with every error in it."""
    checked = check(content)
    verified = verify_quotes(checked.answers, sources) if sources else None
    problems = _merged(checked)
    failed = checked.catalogue is None or any(not problem.warning for problem in problems)
    if form == "json":
        click.echo(
            json.dumps(_data(checked, problems, verified, failed=failed), ensure_ascii=False)
        )
    elif form == "github":
        for problem in problems:
            click.echo(github(problem))
        click.echo(_verdict(problems))
    else:
        _text(content, checked, problems, verified, failed=failed, verbose=verbose)
    raise SystemExit(1 if failed else 0)


def _merged(checked: Checked) -> tuple[Problem, ...]:
    """Return what the check and, after it, the quote check have found."""
    return in_order(checked.statements, checked.answers)


def _text(
    content: Path,
    checked: Checked,
    problems: tuple[Problem, ...],
    verified: Verified | None,
    *,
    failed: bool,
    verbose: bool,
) -> None:
    to = console()
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    shown = problems if verbose else [*errors, *warnings[:FEW]]
    for problem in sorted(shown, key=problems.index):
        show(problem, to)
        to.print()
    if len(shown) < len(problems):
        to.print(f"… and {plural(len(problems) - len(shown), 'warning')} more: --verbose.\n")
    if checked.catalogue is not None and not failed:
        languages = checked.catalogue.quiz.languages
        to.print(statement_table(statement_rows(checked.catalogue), languages))
        to.print()
        to.print(party_table(party_rows(checked.catalogue)))
        to.print()
        for line in _summary(content, checked.catalogue, verified):
            to.print(line)
    to.print(_verdict(problems))


def _summary(content: Path, catalogue: Catalogue, verified: Verified | None) -> list[str]:
    size = counts(catalogue)
    parts = [
        plural(size["statements"], "statement") + " in " + plural(size["themes"], "theme"),
        plural(size["parties"], "party"),
        plural(size["positions"], "position") + f" ({size['coverage']:.0%} of the cells)",
        plural(size["quotes"], "quote"),
        f"{size['from_summary']} from a summary.",
    ]
    sides = plural(size["both_sides"], "statement")
    lines = [
        f"{relative(content)}: {', '.join(parts)}",
        f"Both sides: {sides}. One party alone: {size['one_party']}. No party: {size['no_party']}.",
        f"Content hash {catalogue.content_hash}.",
    ]
    if verified is not None:
        found = plural(verified.quotes, "quote")
        summaries = f"{verified.summaries} from a summary"
        rest = f"not at hand: {verified.unverifiable}"
        lines.insert(2, f"Found in their sources: {found} and {summaries}; {rest}.")
    return lines


def _verdict(problems: tuple[Problem, ...]) -> str:
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    return f"{plural(errors, 'error')}, {plural(warnings, 'warning')}."


def _data(
    checked: Checked,
    problems: tuple[Problem, ...],
    verified: Verified | None,
    *,
    failed: bool,
) -> dict[str, Any]:
    catalogue = checked.catalogue
    data: dict[str, Any] = {"ok": not failed, "problems": [as_data(found) for found in problems]}
    if catalogue is not None:
        data["content_hash"] = catalogue.content_hash
        data["counts"] = counts(catalogue)
        data["parties"] = [
            {
                "id": row.id, "agree": row.agree, "neutral": row.neutral,
                "disagree": row.disagree, "coverage": row.coverage,
            }
            for row in party_rows(catalogue)
        ]  # fmt: skip
        data["statements"] = [
            {
                "id": row.id, "agree": row.agree, "neutral": row.neutral,
                "disagree": row.disagree, "silent": row.silent,
                "words": row.words, "ease": row.ease,
            }
            for row in statement_rows(catalogue)
        ]  # fmt: skip
    if verified is not None:
        data["verified"] = {
            "quotes": verified.quotes,
            "summaries": verified.summaries,
            "unverifiable": verified.unverifiable,
        }
    return data
