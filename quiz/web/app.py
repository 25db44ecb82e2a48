"""The application factory: wiring only."""

from __future__ import annotations

from functools import partial

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz.content.paths import templates_directory
from quiz.web import (
    api,
    branding,
    compress,
    display,
    embedding,
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
from quiz.web.bodies import WholeBodies
from quiz.web.classroom import routes as classes
from quiz.web.prefix import BelowPath
from quiz.web.reload import Live
from quiz.web.settings import Settings
from quiz.web.voter import views as voter

LARGEST_BODY = 256 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from settings, those of the environment by default.

    Raises ``quiz.content.ContentError`` where the content does not pass the check and the state
    folder holds no earlier content.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, template_folder=str(templates_directory()))
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=2000,
        DATABASE_URL=settings.database_url,
        CLASS_KEY=settings.secret_key,
        HSTS=settings.hsts,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    log.init_app(app, json=settings.json_log)
    live = app.extensions["live"] = Live(
        settings.content,
        drafts=settings.preview,
        tell=partial(log.content, app),
        last_good=settings.last_good(),
    )
    if settings.watch:
        live.watch()
    i18n.init_app(app)
    static_files.init_app(app, settings.state)
    branding.init_app(app)
    display.init_app(app)
    app.register_blueprint(voter.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(api.data)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(classes.blueprint)
    app.register_blueprint(wellknown.blueprint)
    if settings.preview:
        preview.init_app(app)
    errors.init_app(app)
    metrics.init_app(app, settings.metrics)
    compress.init_app(app)  # its after-request function runs before those registered above
    embedding.init_app(app)  # runs after the next
    wire.init_app(app)
    security.init_app(app)
    app.wsgi_app = WholeBodies(app.wsgi_app, LARGEST_BODY)  # type: ignore[method-assign]
    app.wsgi_app = health.AnyHost(app.wsgi_app, settings.trusted_hosts)  # type: ignore[method-assign]
    app.wsgi_app = BelowPath(app.wsgi_app, settings.prefix)  # type: ignore[method-assign]
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.proxies,
            x_proto=settings.proxies,
            x_host=settings.proxies,
            x_prefix=settings.proxies,
        )
    return app
