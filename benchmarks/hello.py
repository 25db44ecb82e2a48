"""This same app with one more view, which does nothing: what a request costs at least."""

from __future__ import annotations

from flask import Flask

from quiz.web.app import create_app


def create() -> Flask:
    app = create_app()
    app.add_url_rule("/hello", view_func=lambda: "hello")
    return app
