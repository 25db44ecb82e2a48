"""A lesson with invented pupils. Its state travels with the page; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson
from quiz.classroom.tally import State
from quiz.web.classroom.board import PLACES, board_page, confirm, question_before
from quiz.web.classroom.results import summary_page
from quiz.web.classroom.shared import known_ids
from quiz.web.classroom.start import chosen_statements, nothing_picked

CODE: Final = "ABC2345"
PHASES: Final = ("lobby", "open", "shown", "ended")
DONE: Final = 18
"""Invented pupils who are done at own pace; the others are busy."""


def rehearsal() -> Response:
    """Show the board of an invented class, and do what its buttons say."""
    statements = known_ids(request.form.get("s", "").split(",")) or chosen_statements()
    if request.method == "GET":
        return redirect(url_for("classroom.start"), code=303)
    if not statements:
        return nothing_picked(statements)
    state, address = _state(statements), url_for("classroom.rehearsal")
    action = request.form.get("action", "")
    question = "" if request.form.get("sure") else question_before(action, state)
    if question:
        return confirm(question, action, state, address=address, fields=_fields(state))
    state = _after(state, action)
    number = len(state.statements) if state.phase == "ended" else state.position + 1
    if state.phase in {"lobby", "open"}:
        number = state.position
    shown = [lesson.invented(name) for name in state.statements[:number]]
    if state.phase == "ended":
        return summary_page(
            state, shown, address=address, fields=_fields(state), rehearsal=True
        )  # fmt: skip
    return board_page(state, shown, address=address, fields=_fields(state), rehearsal=True)


def _state(statements: list[str]) -> State:
    typed, phase = request.form.get("position", "0"), request.form.get("phase", "lobby")
    position = min(int(typed), len(statements) - 1) if typed in PLACES else 0
    own = request.form.get("way") == "own"
    phase = phase if phase in PHASES else "lobby"
    if own and phase != "ended":
        phase = "open"
    return State(
        id="", code=CODE, way="own" if own else "together", content_hash="",
        statements=tuple(statements),
        position=position, phase=phase,
        locked=request.form.get("locked") == "yes", joined=lesson.INVENTED, version="", board="",
        answered=lesson.INVENTED if phase == "open" else 0, done=DONE if own else 0,
    )  # fmt: skip


def _fields(state: State) -> dict[str, str]:
    return {
        "way": state.way,
        "s": ",".join(state.statements),
        "position": str(state.position),
        "phase": state.phase,
        "locked": "yes" if state.locked else "",
    }


def _after(state: State, action: str) -> State:
    """Return the state after an action, as ``quiz.classroom.running`` would have it."""
    if action in {"skip", "earlier"}:
        return _reordered(state, action, request.form.get("statement", ""))
    if action in {"lock", "unlock"}:
        return replace(state, locked=action == "lock")
    if action == "end":  # what has been shown so far
        number = state.position + (state.phase == "shown")
        return replace(state, phase="ended", statements=state.statements[: max(number, 1)])
    if action == "close" and not state.together:
        return replace(state, phase="ended")
    match action, state.phase:
        case "begin", "lobby":
            state = replace(state, phase="open", answered=lesson.INVENTED)
        case "close", "open":
            state = replace(state, phase="shown")
        case "next", "shown" if not state.last:
            on = state.position + 1
            state = replace(state, phase="open", position=on, answered=lesson.INVENTED)
    return state


def _reordered(state: State, action: str, name: str) -> State:
    first = state.position + (state.phase == "shown")
    if name not in state.statements[first:]:
        return state
    order, index = list(state.statements), state.statements.index(name)
    if action == "skip" and len(order) > 1:
        del order[index]
        if state.position == len(order):
            return replace(state, statements=tuple(order), position=len(order) - 1, phase="shown")
    elif action == "earlier" and index > state.position + (state.phase != "lobby"):
        order[index - 1 : index + 1] = order[index], order[index - 1]
    return replace(state, statements=tuple(order))
