"""The WSGI application, for any server: ``granian --interface wsgi wsgi:app``."""

from quiz.web.app import create_app
from quiz.web.settings import SettingsError

try:
    app = create_app()
except SettingsError as error:
    raise SystemExit(str(error)) from None
