"""The board: one statement at a time, large, and the buttons that run the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson, running, tally
from quiz.classroom.codes import spaced
from quiz.classroom.models import FEWEST
from quiz.classroom.store import Refused
from quiz.classroom.tally import Distribution, State
from quiz.web.classroom.cookies import HOST, cookie, only
from quiz.web.classroom.shared import adopt, bare, database, join_address, page, qr
from quiz.web.display import published
from quiz.web.i18n import gettext

SHOWS: Final = frozenset({"join", "order", "parties", "quotes", "talk"})
PLACES: Final = frozenset(str(number) for number in range(500))
KEPT_SHOWS: Final = {"skip": "order", "earlier": "order"}
SECONDS: Final = (30, 60, 90)


def board(name: str = "") -> Response:
    """Show the board; on POST do what its buttons say."""
    name = name or only(HOST)
    if not name:
        return redirect(url_for("classroom.start"), code=303)
    host = cookie(HOST, name)
    state = hosted(name, host)
    if request.method == "POST":
        return _act(host, state)
    if state.phase == "ended":
        return redirect(url_for("classroom.summary", name=name), code=303)
    adopt(state)
    return board_page(
        state,
        tally.distributions(database(), state.id),
        address=url_for("classroom.board", name=name),
        fields={"version": state.version},
    )


def hosted(name: str, host: str) -> State:
    """Return the state of a class that this browser runs.

    Raises ``Refused``: ``elsewhere`` where another device took it over, ``class`` where it is gone.
    """
    state = tally.state_of_host(database(), host) if host else None
    if state is None or state.id != name:
        raise Refused("elsewhere" if tally.state(database(), name) else "class")
    return state


def board_page(
    state: State,
    shown: Sequence[Distribution],
    *,
    address: str,
    fields: Mapping[str, str],
    rehearsal: bool = False,
) -> Response:
    """Draw the board of a class, or of a rehearsal. ``fields`` travel with each of its forms."""
    show = request.values.get("show", "")
    show = show if show in SHOWS else ""
    by_name = {distribution.statement: distribution for distribution in shown}
    looked = _looked_at(state, by_name)
    back = looked != state.position
    at_result = back or state.phase == "shown"
    if not at_result and show in {"parties", "quotes", "talk"}:
        show = ""
    party = request.values.get("party", "")
    if show == "quotes" and party not in published().catalogue.party_index:
        show = "parties"
    joining = join_address(state.code)
    return page(
        "board", state=state, looked=looked, back=back, show=show, party=party, address=address,
        fields=fields, rehearsal=rehearsal, minutes=lesson.minutes_left(state),
        here=by_name.get(state.statements[looked]) if at_result else None, result=at_result,
        code=spaced(state.code), join_page=bare(url_for("classroom.join", _external=True)),
        qr=qr(joining, gettext("QR code: leads to joining this class")), seconds=SECONDS,
        fewest=FEWEST,
        again=url_for("classroom.start", way=state.way, s=",".join(state.statements)),
    )  # fmt: skip


def _looked_at(state: State, shown: Mapping[str, Distribution]) -> int:
    """Return the index of the statement to show: the current one, or an earlier one."""
    typed = request.values.get("look", "")
    place = int(typed) if typed in PLACES else state.position
    earlier = state.together and place < state.position and state.statements[place] in shown
    return place if earlier else state.position


def question_before(action: str, state: State) -> str:
    """Return which question to ask before an action, as a key of ``confirm.html``; "" for none."""
    open_now = state.phase == "open"
    if action == "close" and open_now:
        few = "few" if state.answered < FEWEST else ""
        return few if state.together else f"{few or 'close'}-own"
    if action == "end" and not (state.phase == "shown" and state.last):
        return "end-open" if open_now else "end"
    if action == "skip":
        waiting = state.statements[state.position + (state.phase == "shown") :]
        return "skip" if request.form.get("statement") in waiting else ""
    return action if action in {"again", "clear"} else ""


def confirm(
    question: str, action: str, state: State, *, address: str, fields: Mapping[str, str]
) -> Response:
    """Ask before something that cannot be undone, and say what will be lost."""
    kept = dict(fields) | {"action": action, "sure": "yes"}
    kept |= {name: value for name, value in request.form.items() if name in {"statement", "show"}}
    return page(
        "confirm", question=question, state=state, fields=kept, address=address, fewest=FEWEST
    )


def _act(host: str, state: State) -> Response:
    action, base = request.form.get("action", ""), database()
    at, statement = request.form.get("version"), request.form.get("statement", "")
    address = url_for("classroom.board", name=state.id)
    actions: dict[str, Callable[[], object]] = {
        "begin": lambda: running.begin(base, host, at),
        "close": lambda: running.close(base, host, at),
        "next": lambda: running.go_on(base, host, state.position, at),
        "again": lambda: running.start_again(base, host, at),
        "skip": lambda: running.skip(base, host, statement, at),
        "earlier": lambda: running.earlier(base, host, statement, at),
        "lock": lambda: running.lock(base, host, locked=True),
        "unlock": lambda: running.lock(base, host, locked=False),
        "clear": lambda: running.clear_seats(base, host),
        "end": lambda: running.end(base, host),
    }
    if action not in actions:
        abort(400)
    question = "" if request.form.get("sure") else question_before(action, state)
    if question and at in {None, state.version}:
        adopt(state)
        return confirm(question, action, state, address=address, fields={"version": state.version})
    try:
        actions[action]()
    except Refused as refused:
        if refused.reason != "moved":  # the button was on an outdated board: show the current one
            raise
    if action == "end" or (action == "close" and not state.together):
        return redirect(url_for("classroom.summary", name=state.id), code=303)
    show = KEPT_SHOWS.get(action)
    return redirect(url_for("classroom.board", name=state.id, show=show), code=303)
