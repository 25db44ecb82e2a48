"""Framing: the origins that the content names may embed the voters' pages, and only those."""

from __future__ import annotations

from typing import Final

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from quiz.web.serving import published
from quiz.web.static_files import FOLDER, StaticFiles

SCRIPT: Final = "embed.js"


def init_app(app: Flask) -> None:
    """Add the address of the script for a newspaper's page."""
    script = StaticFiles.read(FOLDER).files[SCRIPT]

    @app.get(f"/{SCRIPT}", endpoint="embed")
    def embed() -> Response:
        if not published().catalogue.quiz.embed:
            abort(404)
        return script.response(cache="public, max-age=3600")

    @app.after_request
    def open_frames(response: Response) -> Response:
        """Set which sites may frame this page, and which may load the script."""
        if request.endpoint == "embed":
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        elif request.blueprint == "voter" and (origins := published().catalogue.quiz.embed):
            policy = response.headers["Content-Security-Policy"]
            framed = f"frame-ancestors {' '.join(origins)}"
            response.headers["Content-Security-Policy"] = policy.replace(
                "frame-ancestors 'none'", framed
            )
            del response.headers[
                "X-Frame-Options"
            ]  # it cannot hold a list; browsers use the CSP instead
        return response
