"""Files that programs request from every host: ``security.txt`` (RFC 9116) and ``robots.txt``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from flask import Blueprint, abort, current_app, request, url_for
from werkzeug.wrappers import Response

from quiz.web.display import contact, published
from quiz.web.pages import SHARED
from quiz.web.security import own_address

VALID: Final = timedelta(days=180)
"""RFC 9116 advises less than a year; counted from the request, so it never expires."""

RESERVED: Final = ":/?#[]@!$&'()*+,;=%"

blueprint = Blueprint("wellknown", __name__)


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Name the contact; 404 without one that the standard allows."""
    address = contact()
    if not address.startswith(("mailto:", "https://")):
        abort(404)
    until = (datetime.now(UTC) + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {quote(address, safe=RESERVED)}",
        f"Expires: {until.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {', '.join(published().catalogue.quiz.languages)}",
    ]
    site = own_address(current_app)
    if site:
        lines.append(f"Canonical: {site}{url_for('wellknown.security_txt')}")
    response = Response("\n".join(lines) + "\n", mimetype="text/plain")
    response.headers["Cache-Control"] = SHARED
    return response


@blueprint.get("/robots.txt")
def robots_txt() -> Response:
    """Let search engines read everything except searches and what phones poll."""
    root = request.script_root
    closed = (
        ["/"] if current_app.extensions.get("preview") else ["/class/", "/*/search", "/*/class/"]
    )
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in closed)]
    response = Response("\n".join(lines) + "\n", mimetype="text/plain")
    response.headers["Cache-Control"] = SHARED
    return response
