"""Serving the operator's own colours, mark and logos, or ours where there are none."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, abort, redirect, url_for
from werkzeug.wrappers import Response

from quiz.content.catalogue import Party
from quiz.content.checks.brand import COLORS
from quiz.web.serving import published


def init_app(app: Flask) -> None:
    """Serve the operator's files, and give templates the address of their mark, or of ours."""

    @app.get("/own/<version>/<path:name>", endpoint="own")
    def serve(version: str, name: str) -> Response:
        site = published().site
        if name not in site.files:
            abort(404)
        lasting = "public, max-age=31536000, immutable"
        return site.files[name].response(cache=lasting if version == site.version else "no-cache")

    asset: Callable[[str], str] = app.jinja_env.globals["asset"]  # type: ignore[assignment]

    def own(name: str | None) -> str | None:
        site = published().site
        known = name in site.files
        return url_for("own", version=site.version, name=name) if known else None

    @app.template_global()
    def own_mark() -> str | None:
        return own(published().site.brand("mark.svg", "mark.png"))

    @app.template_global()
    def icon() -> str:
        return own_mark() or asset("mark.svg")

    @app.get("/favicon.ico")
    def favicon() -> Response:
        response = redirect(icon())
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    @app.template_global()
    def colors() -> str:
        return own(published().site.brand(COLORS)) or asset(COLORS)

    @app.template_global()
    def picture() -> str:
        return own(published().site.brand("preview.png", "preview.jpg")) or asset("preview.png")

    @app.template_global()
    def logo(party: Party) -> str | None:
        return own(party.logo)
