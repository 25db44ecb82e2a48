"""The pupils' page: what to answer, and one's own answers, which travel with the page."""

from __future__ import annotations

from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import seats, tally
from quiz.classroom.store import Refused
from quiz.content.catalogue import CODES as CODE_OF
from quiz.web import metrics
from quiz.web.classroom.cookies import SEAT, cookie, forget, only
from quiz.web.classroom.shared import adopt, database, page
from quiz.web.wire import LETTERS, value_of

CODES: Final = {letter: CODE_OF[word] for word, letter in LETTERS.items()}
"""One letter per answer, so that a request's length does not depend on the answers."""
WORDS: Final = {letter: word for word, letter in LETTERS.items()}
LETTER_OF: Final = {code: letter for letter, code in CODES.items()}


def seat(name: str = "") -> Response:
    """Show a pupil what to answer; take answers on POST."""
    name = name or only(SEAT)
    if not name:
        return redirect(url_for("classroom.join"), code=303)
    token, action = cookie(SEAT, name), request.form.get("action", "")
    if action == "leave":
        return _leave(name, token)
    if action == "choice":
        return _choice(name, token)
    mine, problem = _letters("mine."), ""
    answers = _letters("answer.")
    before = answers.items() <= mine.items()  # all of this had been sent before
    if action in {"send", "done"}:
        problem = _send(token, answers, done=action == "done")
        mine |= {} if problem else answers
    here = tally.place(database(), name, token)
    over = here.state is None or here.state.phase == "ended"
    if before and (problem == "closed" or (problem == "seat" and over)):
        problem = ""  # it was counted, so it was not too late
    is_open = here.state and here.seated and here.state.phase == "open"
    if problem == "nothing" and not is_open:
        problem = ""
    if here.state and is_open:
        open_now = {here.state.current} if here.state.together else set(here.state.statements)
        mine = {statement: mine[statement] for statement in mine.keys() - open_now}
    mine |= {statement: LETTER_OF[code] for statement, code in here.sent.items()}
    shown = None
    if here.state:
        adopt(here.state)
        if here.state.together and here.state.phase == "shown":
            shown = _shown(here.state)
    return page(
        "seat", name=name, state=here.state, seated=here.seated, sent=here.sent, mine=mine,
        problem=problem, shown=shown, words=WORDS, done=action == "done" and not problem,
        value_of=value_of,
    )  # fmt: skip


def _shown(state: tally.State) -> tally.Distribution | None:
    shown = tally.distributions(database(), state.id)
    return next((each for each in shown if each.statement == state.current), None)


def _send(token: str, answers: dict[str, str], *, done: bool) -> str:
    """Store answers; return a word for what went wrong, or ""."""
    if not answers:
        return "nothing"
    try:
        seats.answer(database(), token, _codes(answers), done=done)
    except Refused as refused:
        return refused.reason
    metrics.event("answer_taken")
    return ""


def _choice(name: str, token: str) -> Response:
    """Store one choice at own pace; the response is the same for every choice, without a body.

    A choice that came too late gets 409, one without a seat in a class that goes on 410.
    """
    status = 204
    try:
        seats.answer(database(), token, _codes(_letters("answer.")))
        metrics.event("answer_taken")
    except Refused as refused:
        here = tally.place(database(), name, token).state
        going_on = here is not None and here.phase != "ended"
        status = 410 if refused.reason == "seat" and going_on else 409
    response = Response(status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _leave(name: str, token: str) -> Response:
    """Give the device to the next pupil, after asking."""
    if not request.form.get("sure"):
        here = tally.place(database(), name, token).state
        return page("leave", name=name, locked=here is not None and here.locked)
    seats.leave(database(), token)
    response = redirect(url_for("classroom.join"), code=303)
    forget(response, SEAT, name)
    return response


def _codes(answers: dict[str, str]) -> dict[str, int]:
    return {statement: CODES[letter] for statement, letter in answers.items()}


def _letters(prefix: str) -> dict[str, str]:
    """Return the form's answers with this prefix, by statement; words count as their letters."""
    return {
        name.removeprefix(prefix): LETTERS.get(value, value)
        for name, value in request.form.items()
        if name.startswith(prefix) and LETTERS.get(value, value) in CODES
    }
