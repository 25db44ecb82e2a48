"""The addresses of class mode. What answers them is imported when the first of them is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from quiz.web.pages import keep_languages

MODULE: Final = "quiz.web.classroom.door"
RULES: Final = (
    ("/<lang>/class", "start", ["GET", "POST"]),
    ("/<lang>/class/board", "board", ["GET", "POST"]),
    ("/<lang>/class/join", "join", ["GET", "POST"]),
    ("/<lang>/class/seat", "seat", ["GET", "POST"]),
    ("/<lang>/class/summary", "summary", ["GET"]),
    ("/<lang>/class/summary.csv", "summary_csv", ["GET"]),
    ("/<lang>/class/recover", "recover", ["GET", "POST"]),
    ("/<lang>/class/rehearsal", "rehearsal", ["GET", "POST"]),
    ("/<lang>/class/counted", "counted", ["GET", "POST"]),
    ("/<lang>/paper", "paper", ["GET"]),
    ("/class/state/<name>", "state", ["GET"]),
)

blueprint = Blueprint("classroom", __name__)
keep_languages(blueprint)


def _later(name: str) -> Callable[..., Response]:
    """Return a view that imports itself: SQLAlchemy is loaded only where class mode is used."""

    def view(**values: str) -> Response:
        answer: Response = import_module(MODULE).respond(name, values)
        return answer

    view.__name__ = name
    return view


for rule, name, methods in RULES:
    blueprint.add_url_rule(rule, name, _later(name), methods=methods)
