"""The same app with one more view, which does nothing: the least that a request costs."""

from __future__ import annotations

from flask import Flask

from quiz.web.app import create_app


def create() -> Flask:
    app = create_app()
    app.add_url_rule("/hello", view_func=lambda: "hello")
    return app
