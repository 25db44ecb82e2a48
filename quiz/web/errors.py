"""Error pages that help, in the reader's language; JSON for the API. Never a traceback."""

from __future__ import annotations

from flask import Flask, jsonify, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from quiz.web import log
from quiz.web.i18n import gettext


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and every other exception, with a page or JSON."""

    @app.errorhandler(SecurityError)
    @app.errorhandler(BadHost)  # no host name at all: a page could not make its links
    def refuse_host(error: HTTPException) -> Response:
        return Response("This host name is not served here.\n", 400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        code = error.code or 500
        if request.path.startswith("/api/"):
            response: Response = jsonify(
                error={"field": None, "message": _in_json(code, error.description)}
            )
        else:
            title, message = _in_words(code)
            response = Response(
                render_template("error.html", title=title, message=message),
                content_type="text/html; charset=utf-8",
            )
        response.status_code = code
        for name, value in error.get_headers():
            if name.lower() == "allow":
                response.headers[name] = value
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        log.error(app, error)
        return refuse(InternalServerError())


def _in_json(code: int, description: str | None) -> str:
    if code == 413:
        return "The body is too large."
    if code == 500:
        return "Something went wrong on our side. Try again later."
    return description or "The request cannot be answered."


def _in_words(code: int) -> tuple[str, str]:
    if code == 404:
        return (
            gettext("This page is not here"),
            gettext("Maybe the address was copied wrongly, or the statement is gone."),
        )
    if code == 405:
        return (
            gettext("This page works differently"),
            gettext(
                "You came here in a way that this page does not know. Start again at the quiz."
            ),
        )
    if code == 413:
        return (
            gettext("That was too much"),
            gettext("We received far more than the quiz asks for, so we did not read it."),
        )
    if code >= 500:
        return (
            gettext("Something went wrong on our side"),
            gettext("It is not you. Your answers are still in this tab. Try again in a moment."),
        )
    return (
        gettext("We could not read that"),
        gettext("Something in the request was not right. Go back to the quiz and try again."),
    )
