"""The addresses of class mode.

Their views are imported at the first request for one of them. An address without a class means the
only one that this browser runs, or has a seat in.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from quiz.web.pages import keep_languages

MODULE: Final = "quiz.web.classroom.door"
BOTH: Final = ["GET", "POST"]
RULES: Final = (
    ("/<lang>/class", "start", BOTH),
    ("/<lang>/class/board", "board", BOTH),
    ("/<lang>/class/board/<name>", "board", BOTH),
    ("/<lang>/class/key/<name>", "key", BOTH),
    ("/<lang>/class/recover", "recover", BOTH),
    ("/<lang>/class/join", "join", BOTH),
    ("/<lang>/class/seat", "seat", BOTH),
    ("/<lang>/class/seat/<name>", "seat", BOTH),
    ("/<lang>/class/summary", "summary", ["GET"]),
    ("/<lang>/class/summary/<name>", "summary", ["GET"]),
    ("/<lang>/class/summary.csv", "summary_csv", ["GET"]),
    ("/<lang>/class/summary/<name>/class.csv", "summary_csv", ["GET"]),
    ("/<lang>/class/rehearsal", "rehearsal", BOTH),
    ("/<lang>/class/counted", "counted", BOTH),
    ("/<lang>/class/plan", "plan", ["GET"]),
    ("/<lang>/paper", "paper", ["GET"]),
    ("/class/state/<name>", "state", ["GET"]),
)

blueprint = Blueprint("classroom", __name__)
keep_languages(blueprint)


def _later(name: str) -> Callable[..., Response]:
    """Return a view that imports its module when called: only class mode loads SQLAlchemy."""

    def view(**values: str) -> Response:
        response: Response = import_module(MODULE).respond(name, values)
        return response

    view.__name__ = name
    return view


VIEWS: Final = {name: _later(name) for _, name, _ in RULES}
for rule, name, methods in RULES:
    blueprint.add_url_rule(rule, name, VIEWS[name], methods=methods)
