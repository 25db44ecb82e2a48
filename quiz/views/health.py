"""Whether the server is up, with which content, and how the last change of it went."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from werkzeug.wrappers import Response

from quiz.live import Live

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the server is up, what it serves, and what is wrong with newer files, if anything."""
    live: Live = current_app.extensions["live"]
    response: Response = jsonify(
        status="up",
        content_hash=live.current.catalogue.content_hash,
        reload={
            "ok": not live.last.problems,
            "at": live.last.at.isoformat(timespec="seconds"),
            "problems": [
                {"place": problem.place, "message": problem.message, "hint": problem.hint}
                for problem in live.last.problems[:20]
            ],
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response
