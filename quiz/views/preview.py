"""The preview for editors: drafts, errors on every page, and what is missing, with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote as percent

from flask import Blueprint, Flask, current_app, render_template
from werkzeug.wrappers import Response

from quiz.content import Checked, check
from quiz.content.overview import statement_rows
from quiz.i18n import gettext
from quiz.live import Live
from quiz.views.display import published

blueprint = Blueprint("preview", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, with its place."""

    file: str
    line: int
    text: str

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return Path(self.file).name


def show_drafts(app: Flask) -> None:
    """Add the preview to an app whose content was loaded with drafts."""
    app.extensions["preview"] = True
    app.register_blueprint(blueprint)
    app.jinja_env.globals["editor_link"] = editor_link

    @app.context_processor
    def banner() -> dict[str, object]:
        live: Live = current_app.extensions["live"]
        return {"preview_banner": live.last}


@blueprint.get("/preview")
def overview() -> Response:
    """List errors, warnings, drafts, missing translations and pages, each with its line."""
    live: Live = current_app.extensions["live"]
    checked = check(live.directory, drafts=True)
    catalogue = published().catalogue
    places = checked.statements
    page = render_template(
        "preview/overview.html",
        lists=_lists(checked),
        statements=statement_rows(catalogue),
        drafts={entry.id for entry in catalogue.statements if entry.draft},
        lines={
            entry["id"]: places.place(("statements", index))[0]
            for index, entry in enumerate(places.section("statements", list))
            if isinstance(entry, dict) and isinstance(entry.get("id"), str)
        },
        files=(checked.statements.file, checked.answers.file),
    )
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")


def editor_link(file: str, line: int) -> str:
    """Return an address that opens the file at the line in an editor that knows vscode://."""
    return f"vscode://file{percent(str(Path(file).absolute()))}:{max(line, 1)}"


def _lists(checked: Checked) -> list[tuple[str, list[Row]]]:
    problems = [
        Row(problem.file, problem.line, f"{problem.message} {problem.hint}".strip())
        for problem in (*checked.errors, *checked.warnings)
    ]
    return [
        (gettext("Errors and warnings"), problems),
        (gettext("Drafts"), list(_drafts(checked))),
        (gettext("Quotes without a page"), list(_without_page(checked))),
        (gettext("Sources without a text file to check quotes in"), list(_without_file(checked))),
    ]


def _drafts(checked: Checked) -> list[Row]:
    catalogue = checked.catalogue
    if catalogue is None:
        return []
    statements, answers = checked.statements, checked.answers
    rows = [
        Row(statements.file, statements.place(("statements", index))[0], entry.id)
        for index, entry in enumerate(catalogue.statements)
        if entry.draft
    ]
    return rows + [
        Row(
            answers.file, answers.place(("parties", row, "answers", name))[0], f"{party.id}: {name}"
        )
        for row, party in enumerate(catalogue.parties)
        for name, position in party.positions.items()
        if position.draft
    ]


def _without_page(checked: Checked) -> list[Row]:
    catalogue, answers = checked.catalogue, checked.answers
    if catalogue is None:
        return []
    return [
        Row(
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


def _without_file(checked: Checked) -> list[Row]:
    catalogue, answers = checked.catalogue, checked.answers
    if catalogue is None:
        return []
    return [
        Row(answers.file, answers.place(("sources", index))[0], source.id)
        for index, source in enumerate(catalogue.sources.values())
        if source.file is None
    ]
