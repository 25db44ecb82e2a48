"""What the board, the seats and the papers share: the database, the content of a class, pages."""

from __future__ import annotations

import atexit
from typing import Any

import segno
from flask import current_app, g, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from quiz.classroom import tally
from quiz.classroom.database import Database
from quiz.classroom.lesson import delicate
from quiz.classroom.store import Refused
from quiz.classroom.tally import State
from quiz.content.canonical import from_canonical
from quiz.content.catalogue import Statement
from quiz.web.classroom.picture import rows, strip
from quiz.web.display import published
from quiz.web.published import Published


def database() -> Database:
    """Return this process's database, opened at the first call."""
    opened: Database | None = current_app.extensions.get("classroom")
    if opened is None:
        url, key = current_app.config["DATABASE_URL"], current_app.config["CLASS_KEY"]
        opened = current_app.extensions.setdefault("classroom", Database(url, key))
        atexit.register(opened.leave)
    return opened


def adopt(state: State) -> None:
    """Use the content that the class opened with for this request, whatever is published now."""
    if published().catalogue.content_hash == state.content_hash:
        return
    kept: dict[str, Published] = current_app.extensions.setdefault("class_content", {})
    if state.content_hash not in kept:
        text = tally.catalogue_text(database(), state.content_hash)
        if text is None:
            raise Refused("class")
        kept[state.content_hash] = Published(from_canonical(text), published().site)
    g.published = kept[state.content_hash].below(request.script_root)


def known_ids(names: list[str]) -> list[str]:
    """Return the ids that are statements, each once."""
    known = published().catalogue.statement_index
    return [name for name in dict.fromkeys(names) if name in known]


def statement(name: str) -> Statement:
    """Return a statement by its id."""
    catalogue = published().catalogue
    return catalogue.statements[catalogue.statement_index[name]]


def number(name: str) -> int:
    """Return a statement's number: the same on paper, in forms and in lists."""
    return published().catalogue.statement_index[name] + 1


def qr(address: str, words: str) -> Markup:
    """Draw a QR code; ``words`` is its text for screen readers."""
    picture = segno.make(address, error="m").svg_inline(
        svgclass="qr", lineclass=None, omitsize=True
    )
    named = Markup('<svg role="img" aria-label="{}" ').format(words)
    return Markup(picture.replace("<svg ", str(named), 1))  # noqa: S704  # made of numbers by segno


def join_address(code: str) -> str:
    """Return the address that a QR code of the board leads to."""
    return url_for("classroom.join", code=code, _external=True)


def bare(address: str) -> str:
    """Return an address in the form in which people type it."""
    return address.removeprefix("https://").removeprefix("http://")


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """Render a page that no cache may keep."""
    body = render_template(
        f"classroom/{template}.html",
        **values,
        statement_of=statement,
        number_of=number,
        rows=rows,
        strip=strip,
        delicate=delicate,
        bare=bare,
    )
    response = Response(body, status=status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
