"""A lesson with invented pupils. Where it stands travels with the page; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson
from quiz.classroom.tally import State
from quiz.web.classroom.board import PLACES, board_page, confirm, question
from quiz.web.classroom.results import summary_page
from quiz.web.classroom.shared import known_ids
from quiz.web.classroom.start import chosen_statements

CODE: Final = "ABC2345"
PHASES: Final = ("lobby", "open", "shown", "ended")


def rehearsal() -> Response:
    """Show the board of a class that does not exist, and do what its buttons say."""
    statements = known_ids(request.form.get("s", "").split(",")) or chosen_statements()
    if request.method == "GET" or not statements:
        return redirect(url_for("classroom.start"), code=303)
    found, address = _state(statements), url_for("classroom.rehearsal")
    action = request.form.get("action", "")
    asked = "" if request.form.get("sure") else question(action, found)
    if asked:
        return confirm(asked, action, found, address=address, fields=_fields(found))
    found = _after(found, action)
    number = len(found.statements) if found.phase == "ended" else found.position + 1
    if found.phase in {"lobby", "open"}:
        number = found.position
    shown = [lesson.invented(name) for name in found.statements[:number]]
    if found.phase == "ended":
        return summary_page(
            found, shown, address=address, fields=_fields(found), rehearsal=True
        )  # fmt: skip
    return board_page(found, shown, address=address, fields=_fields(found), rehearsal=True)


def _state(statements: list[str]) -> State:
    typed, phase = request.form.get("position", "0"), request.form.get("phase", "lobby")
    position = min(int(typed), len(statements) - 1) if typed in PLACES else 0
    phase = phase if phase in PHASES else "lobby"
    return State(
        id="", code=CODE, way="together", content_hash="", statements=tuple(statements),
        position=position, phase=phase, locked=request.form.get("locked") == "yes",
        joined=lesson.INVENTED, version="", board="",
        answered=lesson.INVENTED if phase == "open" else 0,
    )  # fmt: skip


def _fields(found: State) -> dict[str, str]:
    return {
        "s": ",".join(found.statements),
        "position": str(found.position),
        "phase": found.phase,
        "locked": "yes" if found.locked else "",
    }


def _after(found: State, action: str) -> State:
    """Return the state after an action, as ``quiz.classroom.running`` would have it."""
    if action in {"skip", "earlier"}:
        return _reordered(found, action, request.form.get("statement", ""))
    if action in {"lock", "unlock"}:
        return replace(found, locked=action == "lock")
    if action == "end":  # what was shown until then
        number = found.position + (found.phase == "shown")
        return replace(found, phase="ended", statements=found.statements[: max(number, 1)])
    match action, found.phase:
        case "begin", "lobby":
            found = replace(found, phase="open", answered=lesson.INVENTED)
        case "close", "open":
            found = replace(found, phase="shown")
        case "next", "shown" if not found.last:
            on = found.position + 1
            found = replace(found, phase="open", position=on, answered=lesson.INVENTED)
    return found


def _reordered(found: State, action: str, name: str) -> State:
    first = found.position + (found.phase == "shown")
    if name not in found.statements[first:]:
        return found
    order, index = list(found.statements), found.statements.index(name)
    if action == "skip" and len(order) > 1:
        del order[index]
        if found.position == len(order):
            return replace(found, statements=tuple(order), position=len(order) - 1, phase="shown")
    elif action == "earlier" and index > found.position + (found.phase != "lobby"):
        order[index - 1 : index + 1] = order[index], order[index - 1]
    return replace(found, statements=tuple(order))
