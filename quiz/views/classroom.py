"""Class mode's pages: thin views over the store (writes) and the tally (reads)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any, Final

import segno
from flask import abort, current_app, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from quiz import metrics
from quiz.charts import Bar, Svg, bars
from quiz.classroom import lesson, store, tally
from quiz.classroom.codes import clean, spaced
from quiz.classroom.database import BUSY_SECONDS, Database, DatabaseDown
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, summarise
from quiz.classroom.tally import Distribution, State
from quiz.compress import Page
from quiz.content.canonical import from_canonical
from quiz.content.catalogue import CODES, NAMES
from quiz.i18n import current, gettext
from quiz.published import Published
from quiz.security import cookie_name, from_elsewhere
from quiz.views.display import published

HOST, SEAT = "class_host", "class_seat"
FRESH: Final = 0.2
MOST_KEPT: Final = 5000
DAYS: Final = 7 * 24 * 3600
WORKING: Final = Lock()
NUMBERS: Final = frozenset(str(number) for number in range(1000))
NAME: Final = re.compile(r"[A-Za-z0-9_-]{22}")
PLACES: Final = frozenset(str(number) for number in range(500))


def respond(name: str, values: dict[str, str]) -> Response:
    """Answer one address; a refusal or a database that is down gets a page that says so."""
    if request.method == "POST" and from_elsewhere(request):
        abort(403)
    try:
        if name == "state":  # most of these are answered from memory
            return VIEWS[name](**values)
        with _one_at_a_time():
            return VIEWS[name](**values)
    except Refused as refused:
        return _page("refused", status=409, reason=refused.reason)
    except DatabaseDown:
        metrics.event("database_down")
        sent = list(request.form.items(multi=True))  # so that sending again needs one tap
        answer = _page("refused", status=503, reason="down", sent=sent)
        answer.headers["Retry-After"] = "3"
        return answer


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one request of this process at a time work on a class.

    All of them queue for one writer, and threads that compute at the same time take turns so
    slowly that four do half the work of one.
    """
    if not WORKING.acquire(timeout=BUSY_SECONDS):
        raise DatabaseDown("Too many classes wait for the database.")
    try:
        yield
    finally:
        WORKING.release()


def start() -> Response:
    """Offer to join, and to open a class; open it on POST."""
    catalogue = published().catalogue
    if request.method == "GET":
        return _page(
            "start",
            way=request.args.get("way"),
            chosen=_ids(request.args.get("s", "").split(",")),
            lessons=[(minutes, lesson.number_for(minutes)) for minutes in lesson.MINUTES],
        )
    opened = store.open_class(
        _database(), catalogue, way=request.form.get("way", ""), statements=_chosen()
    )
    metrics.event("class_opened")
    answer = redirect(url_for("classroom.board"), code=303)
    _set(answer, HOST, opened.host)
    return answer


def _chosen() -> list[str]:
    catalogue, length = published().catalogue, request.form.get("length", "")
    if length in {str(minutes) for minutes in lesson.MINUTES}:
        return lesson.pick(catalogue, lesson.number_for(int(length)))
    if length == "all":
        return [entry.id for entry in catalogue.statements]
    return _ids(request.form.getlist("statement"))


def rehearsal() -> Response:
    """Play a lesson with invented pupils. Where it stands travels with the page; nothing is stored."""
    statements = _ids(request.form.get("s", "").split(",")) or _chosen()
    if request.method == "GET" or not statements:
        return redirect(url_for("classroom.start"), code=303)
    action, typed = request.form.get("action", ""), request.form.get("position", "0")
    position = min(int(typed), len(statements) - 1) if typed in PLACES else 0
    shown = [lesson.invented(name) for name in statements[: position + 1]]
    found = State(
        id="", code="", way="together", content_hash="", statements=tuple(statements),
        position=min(position + (action == "next"), len(statements) - 1),
        phase="shown" if action == "close" else "open", locked=True, joined=lesson.INVENTED,
        answered=lesson.INVENTED,
    )  # fmt: skip
    if action == "end":
        return _page(
            "summary", state=found, shown=shown, chart=_chart, rehearsal=True,
            found=summarise(published().catalogue, shown),
        )  # fmt: skip
    here = shown[-1] if action == "close" else None
    return _page("board", state=found, here=here, chart=_chart, rehearsal=True)


def counted() -> Response:
    """Take the tallies of a class that answered on paper: a class of its own."""
    given = {name: value.strip() for name, value in request.form.items() if value.strip()}
    if request.method == "GET":
        return _page("counted", given=given, wrong=False)
    counts: dict[str, dict[str, int]] = {}
    known = published().catalogue.statement_index
    for name, value in given.items():
        word, _, statement = name.partition(".")
        if word not in CODES or statement not in known or value not in NUMBERS:
            return _page("counted", status=400, given=given, wrong=True)
        counts.setdefault(statement, {})[word] = int(value)
    if not counts:
        return _page("counted", status=400, given=given, wrong=True)
    opened = store.open_paper(_database(), published().catalogue, counts)
    answer = redirect(url_for("classroom.summary"), code=303)
    _set(answer, HOST, opened.host)
    return answer


def board() -> Response:
    """Show the board; on POST do what its buttons say."""
    host = _cookie(HOST)
    found = tally.state_of_host(_database(), host)
    if found is None:
        return redirect(url_for("classroom.start"), code=303)
    if request.method == "POST":
        return _act(host, request.form.get("action", ""), found)
    _adopt(found)
    shown = tally.distributions(_database(), found.id)
    here = next((one for one in shown if one.statement == found.current), None)
    return _page(
        "board", state=found, code=spaced(found.code), qr=_qr(found.code),
        join_page=url_for("classroom.start", _external=True),
        here=here if found.phase == "shown" else None, chart=_chart,
        again=url_for("classroom.start", way=found.way, s=",".join(found.statements), _external=True),
    )  # fmt: skip


def _act(host: str, action: str, found: State) -> Response:
    database = _database()
    if action == "recovery":
        token = store.recovery(database, host)
        return _page("recovery", link=url_for("classroom.recover", _external=True), token=token)
    actions: dict[str, Callable[[], None]] = {
        "close": lambda: store.close(database, host),
        "next": lambda: store.go_on(database, host, found.position),
        "again": lambda: store.start_again(database, host),
        "lock": lambda: store.lock(database, host, locked=True),
        "unlock": lambda: store.lock(database, host, locked=False),
        "end": lambda: store.end(database, host),
    }
    if action not in actions:
        abort(400)
    actions[action]()
    page = "classroom.summary" if action == "end" else "classroom.board"
    return redirect(url_for(page), code=303)


def join() -> Response:
    """Ask for the code, or take the one of the QR picture; give a seat on POST."""
    if request.method == "GET":
        return _page("join", code=clean(request.args.get("code", "")), wrong=None)
    try:
        _, token = store.join(_database(), request.form.get("code", ""))
    except Refused as refused:
        metrics.event("wrong_code" if refused.reason == "code" else "join_refused")
        code = clean(request.form.get("code", ""))
        return _page("join", status=400, code=code, wrong=refused.reason)
    metrics.event("joined")
    answer = redirect(url_for("classroom.seat"), code=303)
    _set(answer, SEAT, token)
    return answer


def seat() -> Response:
    """Show a pupil what to answer; take answers on POST. Own answers travel with the page."""
    if request.method == "POST" and request.form.get("action") == "leave":
        answer = redirect(url_for("classroom.join"), code=303)
        answer.delete_cookie(
            cookie_name(SEAT), httponly=True, samesite="Lax", secure=request.is_secure
        )
        return answer
    token = _cookie(SEAT)
    mine, problem = _words("mine."), None
    if request.method == "POST" and request.form.get("action") == "send":
        given = _words("answer.")
        try:
            store.answer(_database(), token, {name: CODES[word] for name, word in given.items()})
            mine |= given
            metrics.event("answer_taken")
        except Refused as refused:
            problem = refused.reason
    found, sent = tally.seat(_database(), token)
    mine |= {name: NAMES[code] for name, code in sent.items()}
    if found:
        _adopt(found)
    return _page("seat", state=found, mine=mine, sent=sent, problem=problem)


def _words(prefix: str) -> dict[str, str]:
    """Return the form's answers whose names start so, by statement."""
    return {
        name.removeprefix(prefix): value
        for name, value in request.form.items()
        if name.startswith(prefix) and value in CODES
    }


def summary() -> Response:
    """Show what the class found, from the shown distributions alone."""
    found, shown = _summary()
    return _page(
        "summary", state=found, shown=shown, chart=_chart,
        found=summarise(published().catalogue, shown),
    )  # fmt: skip


def summary_csv() -> Response:
    """Offer the shown distributions as CSV."""
    _, shown = _summary()
    answer = Response(export(published().catalogue, shown, current()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="class.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _summary() -> tuple[State, list[Distribution]]:
    found = tally.state_of_host(_database(), _cookie(HOST))
    if found is None:
        raise Refused("class")
    _adopt(found)
    return found, tally.distributions(_database(), found.id)


def recover() -> Response:
    """Take a recovery token from a form, never from an address, and hand the class over."""
    if request.method == "GET":
        return _page("recover")
    host = store.recover(_database(), request.form.get("token", "").strip())
    answer = redirect(url_for("classroom.board"), code=303)
    _set(answer, HOST, host)
    return answer


def paper() -> Response:
    """Print the statements with boxes, for a class without phones."""
    return _page("paper")


def state(name: str) -> Response:
    """What everyone may know; the same for all, so any cache may answer for a second.

    This process keeps its answer for a fifth of a second too: thirty phones cost one look.
    """
    if not NAME.fullmatch(name):  # no token of ours, so not worth a look into the database
        abort(404)
    kept: dict[str, tuple[float, Page]] = current_app.extensions.setdefault("class_states", {})
    moment = monotonic()
    at, page = kept.get(name, (0.0, None))
    if page is None or moment - at > FRESH:
        found = tally.state(_database(), name)
        if found is None:
            kept.pop(name, None)
            abort(404)
        version = f"{found.position}-{found.phase}"
        told = {"version": version, "joined": found.joined, "answered": found.answered}
        page = Page(json.dumps(told).encode(), "application/json")
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[name] = (moment, page)
    return page.response(cache="public, max-age=1")


VIEWS: Final[dict[str, Callable[..., Response]]] = {
    view.__name__: view
    for view in (
        start,
        board,
        join,
        seat,
        summary,
        summary_csv,
        recover,
        rehearsal,
        counted,
        paper,
        state,
    )
}


def _database() -> Database:
    database: Database | None = current_app.extensions.get("classroom")
    if database is None:
        url, key = current_app.config["DATABASE_URL"], current_app.config["CLASS_KEY"]
        database = current_app.extensions.setdefault("classroom", Database(url, key))
    return database


def _adopt(found: State) -> None:
    """Show the content that the class opened with, whatever is served to others by now."""
    if published().catalogue.content_hash == found.content_hash:
        return
    kept: dict[str, Published] = current_app.extensions.setdefault("class_content", {})
    if found.content_hash not in kept:
        text = tally.catalogue_text(_database(), found.content_hash)
        if text is None:
            raise Refused("class")
        kept[found.content_hash] = Published(from_canonical(text))
    g.published = kept[found.content_hash]


def _ids(names: list[str]) -> list[str]:
    known = published().catalogue.statement_index
    return [name for name in dict.fromkeys(names) if name in known]


def _qr(code: str) -> Markup:
    address = url_for("classroom.join", code=code, _external=True)
    picture = segno.make(address, error="m").svg_inline(
        svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(picture)  # noqa: S704  # made of numbers by segno


def _chart(one: Distribution) -> Svg:
    rows = [
        Bar(words, [(number, "share")], str(number))
        for words, number in (
            (gettext("Agree"), one.agree or 0),
            (gettext("Neither"), one.neutral or 0),
            (gettext("Disagree"), one.disagree or 0),
        )
    ]
    most = max(1, one.agree or 0, one.neutral or 0, one.disagree or 0)
    title = gettext("How the class answered")
    words = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return bars(title, words, rows, most=most)


def _cookie(name: str) -> str:
    return request.cookies.get(cookie_name(name), "")


def _set(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        cookie_name(name),
        value,
        max_age=DAYS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def _page(name: str, *, status: int = 200, **values: Any) -> Response:
    body = render_template(f"classroom/{name}.html", **values)
    answer = Response(body, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
