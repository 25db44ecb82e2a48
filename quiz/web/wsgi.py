"""The WSGI application, for any server: ``gunicorn quiz.web.wsgi:app``."""

from __future__ import annotations

from quiz.content import ContentError
from quiz.web.app import create_app
from quiz.web.settings import SettingsError

try:
    app = create_app()
except SettingsError as error:
    raise SystemExit(str(error)) from None
except ContentError as error:
    raise SystemExit(
        "\n".join(f"{problem.place}: {problem.message}" for problem in error.problems)
    ) from None
