"""Whether the server is up, and with which content."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from quiz.views.display import published

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the server is up, and the hash of the content that it serves."""
    response: Response = jsonify(status="up", content_hash=published().catalogue.content_hash)
    response.headers["Cache-Control"] = "no-store"
    return response
