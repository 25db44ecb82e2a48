"""What the board, the seats and the papers share: the database, two cookies, the content of a class."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, g, render_template, request
from werkzeug.wrappers import Response

from quiz.classroom import tally
from quiz.classroom.database import Database
from quiz.classroom.store import Refused
from quiz.classroom.tally import Distribution, State
from quiz.content.canonical import from_canonical
from quiz.web.charts import Bar, Dots, Svg, bars, dots
from quiz.web.display import published
from quiz.web.i18n import gettext
from quiz.web.published import Published
from quiz.web.security import cookie_name

HOST, SEAT = "class_host", "class_seat"
DAYS: Final = 7 * 24 * 3600
MOST_DOTS: Final = 100


def database() -> Database:
    """Return this process's database, opened when it is first asked for."""
    found: Database | None = current_app.extensions.get("classroom")
    if found is None:
        url, key = current_app.config["DATABASE_URL"], current_app.config["CLASS_KEY"]
        found = current_app.extensions.setdefault("classroom", Database(url, key))
    return found


def adopt(found: State) -> None:
    """Show the content that the class opened with, whatever is served to others by now."""
    if published().catalogue.content_hash == found.content_hash:
        return
    kept: dict[str, Published] = current_app.extensions.setdefault("class_content", {})
    if found.content_hash not in kept:
        text = tally.catalogue_text(database(), found.content_hash)
        if text is None:
            raise Refused("class")
        kept[found.content_hash] = Published(from_canonical(text))
    g.published = kept[found.content_hash]


def known_ids(names: list[str]) -> list[str]:
    """Return those that are statements, each once."""
    known = published().catalogue.statement_index
    return [name for name in dict.fromkeys(names) if name in known]


def chart(one: Distribution) -> Svg:
    """Draw how a class answered a statement: a dot for each pupil, or bars where there are many."""
    found = (
        (gettext("Agree"), one.agree or 0, "same"),
        (gettext("Neither"), one.neutral or 0, "half"),
        (gettext("Disagree"), one.disagree or 0, "opposite"),
    )
    title = gettext("How the class answered")
    words = "; ".join(f"{label}: {number}" for label, number, _ in found)
    most = max(number for _, number, _ in found)
    if sum(number for _, number, _ in found) <= MOST_DOTS:
        return dots(title, words, [Dots(*row) for row in found])
    rows = [Bar(label, [(number, "share")], str(number)) for label, number, _ in found]
    return bars(title, words, rows, most=most)


def cookie(name: str) -> str:
    """Return a token that this browser keeps, or nothing."""
    return request.cookies.get(cookie_name(name), "")


def keep(answer: Response, name: str, value: str) -> None:
    """Let this browser keep a token, out of reach of scripts and other sites."""
    answer.set_cookie(
        cookie_name(name),
        value,
        max_age=DAYS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def page(name: str, *, status: int = 200, **values: Any) -> Response:
    """Draw a page that nobody keeps a copy of."""
    body = render_template(f"classroom/{name}.html", **values)
    answer = Response(body, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
