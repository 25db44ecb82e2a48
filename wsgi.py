"""The WSGI application from a clone: ``gunicorn wsgi:app``."""

from quiz.web.wsgi import app as app  # noqa: PLC0414  # servers look for it here
