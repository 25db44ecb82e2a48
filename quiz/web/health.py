"""Whether the server is up, with which content, and how the last change of it went."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, current_app, jsonify
from werkzeug.wrappers import Response

from quiz.content import Problem
from quiz.web.reload import Live

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the server is up, what it serves, and what is wrong with newer files, if anything."""
    live: Live = current_app.extensions["live"]
    response: Response = jsonify(
        status="up",
        content_hash=live.current.catalogue.content_hash,
        database=_database(),
        reload={
            "ok": not live.last.problems,
            "at": live.last.at.isoformat(timespec="seconds"),
            "problems": [
                {"place": _place(problem), "message": problem.message, "hint": problem.hint}
                for problem in live.last.problems[:20]
            ],
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _place(problem: Problem) -> str:
    """Name file and line, but no folder: this address is open to all."""
    return problem.place.replace(problem.file, Path(problem.file).name, 1)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say that this process can answer voters. A database that is down stops classes, not the quiz."""
    live: Live = current_app.extensions["live"]
    response: Response = jsonify(
        ready=bool(live.current.catalogue.statements), classes=_database() != "down"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    """Return up or down, or unused where no class was asked for since the start."""
    database = current_app.extensions.get("classroom")
    if database is None:
        return "unused"
    return "up" if database.answers() else "down"
