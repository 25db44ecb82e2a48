"""The preview for editors: drafts, errors on every page, and what is missing, with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote as percent

from flask import Blueprint, Flask, current_app, render_template
from werkzeug.wrappers import Response

from quiz.content import Catalogue, Checked, Problem, check
from quiz.content.checks.references import UNTRANSLATED, entries
from quiz.content.overview import statement_rows
from quiz.content.yaml.marked import Document
from quiz.content.yaml.marked import Path as Place
from quiz.translations.commands import speaking
from quiz.web.display import published
from quiz.web.i18n import current, gettext
from quiz.web.reload import Live

blueprint = Blueprint("preview", __name__)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One thing to do, with its place."""

    file: str
    line: int
    text: str

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return Path(self.file).name


def init_app(app: Flask) -> None:
    """Add the preview to an app whose content was loaded with drafts."""
    app.extensions["preview"] = True
    app.register_blueprint(blueprint)
    app.jinja_env.globals["editor_link"] = editor_link

    @app.context_processor
    def banner() -> dict[str, object]:
        live: Live = current_app.extensions["live"]
        return {
            "preview_banner": True,
            "preview_errors": _checked().errors if live.last.problems else (),
        }


def _checked() -> Checked:
    """Check the files as they are now, in the words of the page's language."""
    live: Live = current_app.extensions["live"]
    with speaking(current()):
        return check(live.directory, drafts=True)


@blueprint.get("/preview")
def overview() -> Response:
    """List errors, warnings, drafts, missing translations and pages, each with its line."""
    checked = _checked()
    catalogue = published().catalogue
    page = render_template(
        "preview/overview.html",
        lists=_lists(checked),
        statements=statement_rows(catalogue),
        drafts={entry.id for entry in catalogue.statements if entry.draft},
        lines={
            name: checked.statements.place(path)[0]
            for name, path in _by_id(checked.statements, "statements").items()
        },
        cells={
            name: checked.answers.lines_below((*path, "answers"))
            for name, path in _by_id(checked.answers, "parties").items()
        },
        files=(checked.statements.file, checked.answers.file),
    )
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")


def _by_id(document: Document, name: str) -> dict[str, Place]:
    return {
        entry["id"]: path
        for path, entry in entries(document, name)
        if isinstance(entry.get("id"), str)
    }


def editor_link(file: str, line: int) -> str:
    """Return an address that opens the file at this line in an editor that supports vscode://."""
    return f"vscode://file{percent(str(Path(file).absolute()))}:{max(line, 1)}"


def _lists(checked: Checked) -> list[tuple[str, list[ProblemRow] | None]]:
    """Return what there is to do, by kind; None where errors prevent listing it."""
    untold = [warning for warning in checked.warnings if warning.kind == UNTRANSLATED]
    others = [warning for warning in checked.warnings if warning not in untold]
    return [
        (gettext("Errors"), _rows(checked.errors)),
        (gettext("Missing translations"), _rows(untold)),
        (gettext("Warnings"), _rows(others)),
        *(
            (title, list(find(checked, checked.catalogue)) if checked.catalogue else None)
            for title, find in (
                (gettext("Drafts"), _drafts),
                (gettext("Quotes without a page"), _without_page),
                (gettext("Sources without a text file to check quotes in"), _without_file),
            )
        ),
    ]


def _rows(problems: Sequence[Problem]) -> list[ProblemRow]:
    return [
        ProblemRow(problem.file, problem.line, f"{problem.message} {problem.hint}".strip())
        for problem in problems
    ]


def _drafts(checked: Checked, catalogue: Catalogue) -> list[ProblemRow]:
    statements, answers = checked.statements, checked.answers
    rows = [
        ProblemRow(statements.file, statements.place(("statements", index))[0], entry.id)
        for index, entry in enumerate(catalogue.statements)
        if entry.draft
    ]
    return rows + [
        ProblemRow(
            answers.file, answers.place(("parties", row, "answers", name))[0], f"{party.id}: {name}"
        )
        for row, party in enumerate(catalogue.parties)
        for name, position in party.positions.items()
        if position.draft
    ]


def _without_page(checked: Checked, catalogue: Catalogue) -> list[ProblemRow]:
    answers = checked.answers
    return [
        ProblemRow(
            answers.file,
            answers.place(("parties", row, "answers", name, "quotes", index))[0],
            f"{party.id}: {name}",
        )
        for row, party in enumerate(catalogue.parties)
        for name, position in party.positions.items()
        for index, quote in enumerate(position.quotes)
        if quote.page is None
        and not position.from_summary
        and catalogue.sources[quote.source].lines is None
    ]


def _without_file(checked: Checked, catalogue: Catalogue) -> list[ProblemRow]:
    answers = checked.answers
    return [
        ProblemRow(answers.file, answers.place(("sources", index))[0], source.id)
        for index, source in enumerate(catalogue.sources.values())
        if source.file is None
    ]
