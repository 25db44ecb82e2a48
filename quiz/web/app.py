"""The application factory: wiring only."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz.content.paths import templates_directory
from quiz.web import (
    api,
    compress,
    display,
    errors,
    health,
    i18n,
    log,
    metrics,
    preview,
    security,
    static_files,
    wellknown,
    wire,
)
from quiz.web.classroom import routes as classes
from quiz.web.reload import Live
from quiz.web.settings import Settings
from quiz.web.voter import views as voter

KILOBYTE = 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from settings, those of the environment by default.

    Raises ``quiz.content.ContentError`` where the content does not pass the check.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, template_folder=str(templates_directory()))
    app.config.update(
        MAX_CONTENT_LENGTH=256 * KILOBYTE,
        MAX_FORM_MEMORY_SIZE=256 * KILOBYTE,
        MAX_FORM_PARTS=2000,
        DATABASE_URL=settings.database_url,
        CLASS_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    live = app.extensions["live"] = Live(settings.content, drafts=settings.preview)
    if settings.watch:
        live.watch()
    i18n.translate(app)
    static_files.serve_static_files(app)
    display.equip(app)
    app.register_blueprint(voter.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(api.data)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(classes.blueprint)
    app.register_blueprint(wellknown.blueprint)
    if settings.preview:
        preview.show_drafts(app)
    errors.handle(app)
    metrics.count(app)
    if settings.json_log:
        log.write(app)
    compress.compress_answers(app)  # runs before the two above: what they see is what is sent
    wire.init_app(app)
    security.harden(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app
