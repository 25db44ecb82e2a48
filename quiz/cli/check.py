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
    relative,
    show,
    show_warnings,
    statement_table,
)
from quiz.content import Checked, Problem, check, in_order
from quiz.content.catalogue import Catalogue
from quiz.content.checks.published import last_published, warn_of_stale_evidence
from quiz.content.checks.quotes import Verified, verify_quotes
from quiz.content.overview import counts, party_rows, statement_rows
from quiz.translations.commands import ntr, tr

MOST_ERRORS: Final = 100
"""How many errors are shown; nobody gets to the next before these are mended."""


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
@click.option(
    "--published",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The content as voters last saw it (else git’s last commit, where there is one): warn where "
    "a position changed and its evidence did not.",
)
@click.option(
    "-a", "--all", "every", is_flag=True, help="Show every warning, not one of each kind."
)
def command(
    content: Path, sources: Path | None, form: str, published: Path | None, *, every: bool
) -> None:
    """Check the content: exit 0 with a summary, or 1 with every error in it."""
    checked = check(content)
    before = last_published(content, published)
    if before is not None:
        warn_of_stale_evidence(checked.answers, before)
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
        _text(content, checked, problems, verified, failed=failed, every=every)
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
    every: bool,
) -> None:
    to = console()
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    for problem in errors if every else errors[:MOST_ERRORS]:
        show(problem, to)
        to.print()
    if not every and len(errors) > MOST_ERRORS:
        to.print(tr("… and %(count)s more errors.", count=len(errors) - MOST_ERRORS) + "\n")
    show_warnings(warnings, to, every=every)
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
    share = f"{size['coverage']:.0%}"
    lines = [
        f"{relative(content)}: "
        + ", ".join(
            (
                ntr("%(count)s statement", "%(count)s statements", size["statements"])
                + ntr(" in %(count)s theme", " in %(count)s themes", size["themes"]),
                ntr("%(count)s party", "%(count)s parties", size["parties"]),
                ntr("%(count)s position", "%(count)s positions", size["positions"])
                + tr(" (%(share)s of the cells)", share=share),
                ntr("%(count)s quote", "%(count)s quotes", size["quotes"]),
                tr("%(count)s from a summary.", count=size["from_summary"]),
            )
        ),
        tr(
            "Both sides: %(both)s. One party alone: %(one)s. No party: %(none)s.",
            both=ntr("%(count)s statement", "%(count)s statements", size["both_sides"]),
            one=size["one_party"],
            none=size["no_party"],
        ),
        tr("Content hash %(hash)s.", hash=catalogue.content_hash),
    ]
    if verified is not None:
        checked = tr(
            "Found in their sources: %(quotes)s and %(summaries)s from a summary; not at hand: "
            "%(rest)s.",
            quotes=ntr("%(count)s quote", "%(count)s quotes", verified.quotes),
            summaries=verified.summaries,
            rest=verified.unverifiable,
        )
        lines.insert(2, checked)
    return lines


def _verdict(problems: tuple[Problem, ...]) -> str:
    warnings = sum(problem.warning for problem in problems)
    errors = ntr("%(count)s error", "%(count)s errors", len(problems) - warnings)
    return errors + ", " + ntr("%(count)s warning.", "%(count)s warnings.", warnings)


def _data(
    checked: Checked,
    problems: tuple[Problem, ...],
    verified: Verified | None,
    *,
    failed: bool,
) -> dict[str, Any]:
    catalogue = checked.catalogue
    data: dict[str, Any] = {
        "ok": not failed,
        "problems": [as_data(problem) for problem in problems],
    }
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
