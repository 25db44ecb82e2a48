"""``security.txt`` (RFC 9116): whom to tell of a hole, taken from the content's contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from flask import Blueprint, abort, current_app, url_for
from werkzeug.wrappers import Response

from quiz.web.display import contact, published
from quiz.web.pages import SHARED
from quiz.web.security import own_address

VALID: Final = timedelta(days=180)
"""RFC 9116 advises less than a year; it counts from the day of asking, so it never runs out."""

RESERVED: Final = ":/?#[]@!$&'()*+,;=%"

blueprint = Blueprint("wellknown", __name__)


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Name the contact; without one that the standard allows, there is no such file."""
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
